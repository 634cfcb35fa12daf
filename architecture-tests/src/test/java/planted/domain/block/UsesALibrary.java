package planted.domain.block;

import io.netty.util.ReferenceCounted;

/** Takes a library into the domain. */
public record UsesALibrary(ReferenceCounted counted) {}
