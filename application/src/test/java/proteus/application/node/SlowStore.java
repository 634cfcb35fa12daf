package proteus.application.node;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import proteus.application.port.ChainStore;
import proteus.application.port.PeerStore;
import proteus.domain.block.BlockHeight;

/** Any store, one of whose answers about a standing takes its time. */
final class SlowStore {

    private SlowStore() {}

    /** Adopts no branch before {@code goOn} is down. */
    static ChainStore adoptingLate(ChainStore store, CountDownLatch goOn) {
        return (ChainStore) Proxy.newProxyInstance(
                ChainStore.class.getClassLoader(), new Class<?>[] {ChainStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("adopt") && !((BlockHeight) arguments[1]).isGenesis()) {
                        goOn.await();
                    }
                    return method.invoke(store, arguments);
                });
    }

    /**
     * When {@code number} more standings have been looked up, counts {@code looked} down and answers when {@code goOn} is
     * down; never if it is 0.
     */
    static PeerStore over(PeerStore store, AtomicInteger number, CountDownLatch looked, CountDownLatch goOn) {
        return (PeerStore) Proxy.newProxyInstance(
                PeerStore.class.getClassLoader(), new Class<?>[] {PeerStore.class}, (_, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("standing") && number.getAndDecrement() == 1) {
                        looked.countDown();
                        goOn.await();
                    }
                    return answer;
                });
    }
}
