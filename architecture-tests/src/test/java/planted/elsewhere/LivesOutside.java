package planted.elsewhere;

/** In no room. */
public record LivesOutside(int number) {}
