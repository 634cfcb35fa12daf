package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.rpc.browser.Browser;
import proteus.application.contract.Await;
import proteus.application.migration.MigrationSettings;
import proteus.application.port.Rollout;
import proteus.application.port.Stage;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.PeerAddress;

/** The dashboard of a running node, with real peers, in a headless Chromium. */
@Timeout(120)
@SpeaksLegacy
class DashboardOfNodeTest {

    private static final int PLACES = 10;

    @TempDir
    private Path directory;

    private static MigrationSettings dual() {
        return new MigrationSettings(Optional.of(Stage.DUAL), Optional.of(0), false, PLACES, 0, PLACES, Map.of());
    }

    private RunningNode start(String name, PeerAddress... peers) throws Exception {
        Path home = Files.createDirectory(directory.resolve(name));
        return TestNodes.startMigrating(home, TestNodes.places(PLACES, peers), dual());
    }

    @Test
    void theStageIsSetByKeyboardAndTheCurveClimbs() throws Exception {
        Optional<String> missing = Browser.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        try (RunningNode first = start("first");
                RunningNode second = start("second");
                RunningNode watched = TestNodes.startWatched(
                        Files.createDirectory(directory.resolve("watched")),
                        TestNodes.places(PLACES, legacyOf(first), legacyOf(second)),
                        dual());
                Browser browser = Browser.open(1280, 900)) {
            Await.until("both peers", () -> watched.node().peers().size() == 2);
            browser.go(watched.dashboardLink().orElseThrow());
            browser.await("document.getElementById('share-text').textContent.startsWith('0 on libp2p, 2 on legacy')");
            browser.await("document.getElementById('access').dataset.state === 'open'");
            assertThat(browser.text("document.getElementById('stage-now').textContent"))
                    .isEqualTo("dual");

            setStage(browser);

            browser.await("document.getElementById('share-now').textContent === '100 %'");
            assertThat(watched.node().migration().status().rollout())
                    .isEqualTo(new Rollout(Stage.MIGRATE, Rollout.ALL));
            browser.await("document.getElementById('stage-now').textContent === 'migrate 100 %'");
            browser.await("document.querySelectorAll('#peers .stack.libp2p').length === 2");
            browser.await("document.querySelectorAll('#journal .outcome[data-is=good]').length === 2");
            // From 0 to 100 %, in the picture and in words.
            browser.await("document.querySelector('.line').getAttribute('d').includes('V')");
            assertThat(browser.text("document.getElementById('chart-text').textContent"))
                    .startsWith("100 % of 2 sessions are on libp2p; ")
                    .endsWith("ago it was 0 % of 2.");
            browser.run("document.querySelector('#peers .action button').click()");
            browser.await("document.getElementById('journal-of').textContent.startsWith('of 127.0.0.1:')");
            requireGoodManners(browser, watched.dashboardLink().orElseThrow());
        }
    }

    private static PeerAddress legacyOf(RunningNode node) {
        return node.node().ownListenAddress().orElseThrow();
    }

    /** As somebody without a mouse does it. */
    private static void setStage(Browser browser) {
        browser.tabTo("input[name=stage]");
        browser.press(Browser.DOWN);
        assertThat(browser.text("document.activeElement.value")).isEqualTo("migrate");
        browser.tabTo("#share");
        browser.press(Browser.END);
        browser.tabTo("#stage-set");
        browser.press(Browser.ENTER);
        browser.await("document.getElementById('confirm').open");
        assertThat(browser.text("document.getElementById('confirm-text').textContent"))
                .isEqualTo("From dual to migrate 100 %.");
        browser.press(Browser.TAB, Browser.ENTER);
    }

    private static void requireGoodManners(Browser browser, String link) {
        String own = link.substring(0, link.indexOf('#'));
        assertThat(browser.console()).noneMatch(line -> line.startsWith("SEVERE"));
        assertThat(browser.misdeeds(own)).isEmpty();
    }
}
