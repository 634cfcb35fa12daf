package planted.adapters.persistence;

import dagger.Component;

/** Is its own assembler. */
@Component
public interface AssemblesItself {}
