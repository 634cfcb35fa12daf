package planted.domain.field;

/** Something of the domain that others may use. */
public record InnocentField(long value) {}
