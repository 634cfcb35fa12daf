package proteus.application.node;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.application.port.PeerStore;

/** Any store, whose first answer about a standing takes its time. */
final class SlowStore {

    private SlowStore() {}

    /** Counts {@code looked} down when the first standing was looked up, and answers when {@code goOn} is down. */
    static PeerStore over(PeerStore store, CountDownLatch looked, CountDownLatch goOn) {
        AtomicBoolean first = new AtomicBoolean(true);
        return (PeerStore) Proxy.newProxyInstance(
                PeerStore.class.getClassLoader(), new Class<?>[] {PeerStore.class}, (_, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("standing") && first.getAndSet(false)) {
                        looked.countDown();
                        goOn.await();
                    }
                    return answer;
                });
    }
}
