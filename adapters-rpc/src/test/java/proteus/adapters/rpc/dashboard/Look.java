package proteus.adapters.rpc.dashboard;

import java.nio.file.Path;
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
