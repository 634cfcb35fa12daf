package proteus.adapters.rpc.dashboard;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.browser.Browser;
import proteus.application.runtime.SecureRandomness;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

public final class Look {
    public static void main(String[] args) throws Exception {
        FakeNode node = new FakeNode();
        int size = Integer.parseInt(args[1]);
        Fleet fleet = new Fleet(node, size, Instant.now());
        var settings = new DashboardSettings(
                new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0), "0.1.0", "abc1234");
        try (DashboardServer server = DashboardServer.start(
                        settings, DashboardLimits.DEFAULT, node, new SecureRandomness(), InstantSource.system());
                Browser browser = Browser.open(1440, 1000)) {
            browser.prefer("dark");
            browser.go(server.link());
            browser.await("document.querySelectorAll('#peers tbody tr').length == " + size);
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                fleet.move(Math.max(1, size / 12));
                Thread.sleep(1000);
            }
            var entries = new java.util.ArrayList<proteus.application.port.JournalEntry>();
            Instant t = Instant.now().minusSeconds(Integer.parseInt(args[2]) + 3);
            entries.add(new proteus.application.port.JournalEntry.StageChanged(
                    t,
                    proteus.application.port.Rollout.DEFAULT,
                    new proteus.application.port.Rollout(proteus.application.port.Stage.MIGRATE, 25),
                    "by order over RPC"));
            for (int i = 0; i < 20; i++) {
                var o = proteus.application.port.MoveOutcome.values()[i % 9 == 8 ? 7 : i % 5 == 0 ? 2 : 0];
                entries.add(new proteus.application.port.JournalEntry.Moved(
                        t.plusSeconds(i),
                        new proteus.application.port.PeerKey.OfAddress(
                                node.peers.get(i % size).connection().address()),
                        proteus.application.port.Stack.LIBP2P,
                        o,
                        java.util.Optional.of(Duration.ofMillis(i % 3 * 30)),
                        "the stage",
                        i % 5 == 0 ? "the handshake took too long" : ""));
            }
            entries.add(new proteus.application.port.JournalEntry.StageChanged(
                    Instant.now().minusSeconds(3),
                    new proteus.application.port.Rollout(proteus.application.port.Stage.MIGRATE, 25),
                    new proteus.application.port.Rollout(proteus.application.port.Stage.MIGRATE, 75),
                    "by order from the dashboard"));
            fleet.journal(entries);
            Path to = Path.of(args[0]);
            browser.resize(1440, 1000);
            Thread.sleep(1200);
            browser.picture(to.resolve("dark.png"));
            browser.resize(1440, 2300);
            Thread.sleep(1200);
            browser.picture(to.resolve("dark-full.png"));
            browser.prefer("light");
            Thread.sleep(800);
            browser.picture(to.resolve("light-full.png"));
            browser.run(
                    "document.querySelector('input[value=dual]').click(); document.getElementById('stage-set').click()");
            browser.resize(1440, 1000);
            Thread.sleep(500);
            browser.picture(to.resolve("dialog.png"));
            browser.run("document.getElementById('confirm').close()");
            browser.resize(390, 3200);
            Thread.sleep(1200);
            browser.picture(to.resolve("narrow.png"));
            System.out.println("errors " + browser.text("window.errors.join('|')") + " violations "
                    + browser.text("window.violations.join('|')"));
            System.out.println(
                    "overflow " + browser.text("document.documentElement.scrollWidth + ' of ' + innerWidth"));
            browser.console().forEach(System.out::println);
            System.out.println(browser.requests());
        }
    }
}
