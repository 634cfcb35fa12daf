package planted.application.util;

/** Sits in a package that is about nothing. */
public record LivesNowhere(int anything) {}
