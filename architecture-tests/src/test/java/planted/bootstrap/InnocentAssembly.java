package planted.bootstrap;

import planted.adapters.persistence.InnocentStore;
import planted.application.sync.InnocentSync;

/** Assembles. */
public final class InnocentAssembly {
    public void run() {
        System.out.println(new InnocentSync(new InnocentStore()));
        System.exit(0);
    }
}
