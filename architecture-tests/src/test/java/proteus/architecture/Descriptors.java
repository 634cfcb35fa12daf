package proteus.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The module descriptors of this build. */
final class Descriptors {

    private Descriptors() {}

    /** Every descriptor on the class path that is ours; the contract suites are tests, and have none. */
    static List<ModuleDescriptor> ofTheProject() {
        List<ModuleDescriptor> found = new ArrayList<>();
        try {
            for (URL file : Collections.list(Descriptors.class.getClassLoader().getResources("module-info.class"))) {
                try (InputStream stream = file.openStream()) {
                    ModuleDescriptor module = ModuleDescriptor.read(stream);
                    if (module.name().startsWith("proteus.")) {
                        found.add(module);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }
}
