package proteus.application.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;

/** Any store, until its disk breaks. */
final class FailingStore {

    private FailingStore() {}

    /** A store that works like {@code store} while {@code broken} does not hold. */
    static PeerStore over(PeerStore store, AtomicBoolean broken) {
        return (PeerStore) Proxy.newProxyInstance(
                PeerStore.class.getClassLoader(), new Class<?>[] {PeerStore.class}, (_, method, arguments) -> {
                    if (broken.get() && method.getDeclaringClass().equals(PeerStore.class)) {
                        throw new StoreException(StoreException.Reason.IO, "the disk is broken");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
