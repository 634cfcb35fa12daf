package planted.application.sync;

import jakarta.inject.Inject;

/** Lets itself be wired. */
public final class IsInjected {
    @Inject
    public IsInjected() {}
}
