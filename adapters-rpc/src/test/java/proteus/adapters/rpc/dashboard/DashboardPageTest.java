package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.browser.Browser;
import proteus.application.contract.Await;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.runtime.SecureRandomness;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** The page in a headless Chromium, before a node of which a test decides all that it says. */
@Timeout(120)
class DashboardPageTest {

    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);
    private static final DashboardLimits QUICK =
            new DashboardLimits(DashboardLimits.DEFAULT.http(), 4, Duration.ofMillis(150));
    private static final String HOSTILE = "<img src=x onerror=window.hit=1><script>window.hit=1</script>";

    private static Optional<Browser> opened = Optional.empty();

    private final FakeNode node = new FakeNode();
    private DashboardServer server;
    private Browser browser;

    @BeforeAll
    static void open() throws IOException {
        Optional<String> missing = Browser.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        opened = Optional.of(Browser.open(1280, 900));
    }

    @AfterAll
    static void close() {
        opened.ifPresent(Browser::close);
    }

    @BeforeEach
    void start() throws IOException {
        serve(ANY_PORT);
        browser = opened.orElseThrow();
        browser.resize(1280, 900);
        List<String> _ = browser.console();
    }

    private void serve(PeerAddress at) throws IOException {
        server = DashboardServer.start(
                new DashboardSettings(at, "1.2", "abc"), QUICK, node, new SecureRandomness(), InstantSource.system());
    }

    /** Whatever a test did, the page has done nothing that it must not. */
    @AfterEach
    void stop() {
        try {
            assertThat(browser.misdeeds("http://" + server.address() + "/")).isEmpty();
            assertThat(browser.is("window.hit === undefined")).isTrue();
        } finally {
            // The page lets go of its stream, as when it is left, so that nothing of it is there in the next test.
            browser.run("window.dispatchEvent(new Event('pagehide'))");
            server.close();
        }
    }

    private Fleet visit(int peers) {
        Fleet fleet = new Fleet(node, peers, Instant.now());
        browser.go(server.link());
        browser.await("document.querySelectorAll('#peers tbody tr').length === " + peers);
        browser.await("document.getElementById('access').dataset.state === 'open'");
        return fleet;
    }

    private String text(String id) {
        return browser.text("document.getElementById('" + id + "').textContent");
    }

    @Test
    void theCurveClimbsAndIsToldInWordsAndAsATable() {
        Fleet fleet = visit(8);
        browser.await(
                "document.getElementById('chart-text').textContent.startsWith('0 % of 8 sessions are on libp2p')");
        fleet.move(4);
        browser.await("document.getElementById('share-now').textContent === '50 %'");
        browser.await("document.querySelector('.line').getAttribute('d').includes('V')");
        fleet.move(4);
        browser.await(
                "document.getElementById('chart-text').textContent.startsWith('88 % of 8 sessions are on libp2p')");

        browser.run("document.querySelector('.adoption summary').click()");
        browser.await("document.querySelectorAll('#adoption-table tbody tr').length > 1");
        assertThat(browser.texts(
                        "document.querySelector('#adoption-table tbody tr').children[3].textContent.split('|')"))
                .containsExactly("88 %");
        // A page that is opened later sees the same.
        browser.go("http://" + server.address() + "/");
        browser.await("document.getElementById('chart-text').textContent.includes('ago it was 0 % of 8')");
    }

    @Test
    void theStageIsSetByTheKeyboardAlone() {
        visit(3);
        node.orders.clear();
        browser.tabTo("input[name=stage]");
        browser.press(Browser.DOWN, Browser.DOWN, Browser.DOWN);
        assertThat(browser.text("document.activeElement.value")).isEqualTo("dual");
        browser.press(Browser.DOWN);
        browser.tabTo("#share");
        browser.press(Browser.LEFT, Browser.LEFT);
        assertThat(text("share-value")).isEqualTo("65 %");
        browser.tabTo("#stage-set");
        browser.press(Browser.ENTER);
        browser.await("document.getElementById('confirm').open");
        assertThat(text("confirm-text")).isEqualTo("From migrate 75 % to migrate 65 %.");
        browser.press(Browser.ESCAPE);
        browser.await("!document.getElementById('confirm').open");

        // Who presses Enter without having read it cancels.
        browser.press(Browser.ENTER);
        browser.await("document.getElementById('confirm').open");
        browser.press(Browser.ENTER);
        browser.await("!document.getElementById('confirm').open");
        assertThat(node.orders).noneMatch(order -> order.startsWith("set "));

        browser.press(Browser.ENTER);
        browser.await("document.getElementById('confirm').open");
        browser.press(Browser.TAB, Browser.ENTER);
        Await.until("the order", () -> node.orders.contains("set migrate 65, by order from the dashboard"));
        browser.await("document.getElementById('announcement').textContent === 'The stage is set to migrate 65 %.'");
    }

    @Test
    void whatIsSetIsWhatWasAskedAndWhyItIsRefusedIsTold() {
        visit(3);
        node.orders.clear();
        browser.run("document.querySelector('input[value=dual]').click();"
                + "document.getElementById('stage-set').click()");
        browser.await("document.getElementById('confirm').open");
        MigrationControl.Status status = node.migration.status;
        node.migration.status = new MigrationControl.Status(
                new Rollout(Stage.MIGRATE, 20),
                false,
                status.sessions(),
                status.movedByUs(),
                status.moving(),
                status.peers());
        browser.await("document.getElementById('confirm-text').textContent === 'From migrate 20 % to dual.'");

        browser.run("document.getElementById('confirm-yes').click()");
        Await.until("an order", () -> node.orders.stream().anyMatch(order -> order.startsWith("set ")));
        assertThat(node.orders).contains("set dual 75, by order from the dashboard");

        // What the node refuses is told in its words, as text.
        node.migration.refusal = Optional.of("cannot: " + HOSTILE);
        browser.run("document.querySelector('input[value=dual]').click();"
                + "document.getElementById('stage-set').click(); document.getElementById('confirm-yes').click()");
        browser.await("!document.getElementById('stage-error').hidden");
        assertThat(text("stage-error")).isEqualTo("cannot: " + HOSTILE);
    }

    @Test
    void aLinkWorksOnceAndAReloadKeepsWhatItGave() {
        Fleet _ = new Fleet(node, 1, Instant.now());
        String link = server.link();
        browser.go(link);
        browser.await("document.getElementById('access').dataset.state === 'open'");
        assertThat(browser.text("location.href")).isEqualTo("http://" + server.address() + "/");

        browser.reload();
        browser.await("document.getElementById('access').dataset.state === 'open'");
        assertThat(browser.is("document.getElementById('stage-choices').disabled"))
                .isFalse();

        // Another tab knows nothing of it.
        browser.run("sessionStorage.clear()");
        browser.go("about:blank");
        browser.go(link);
        browser.await("document.getElementById('connection').dataset.state === 'live'");
        browser.await("document.getElementById('stage-refusal').textContent === 'This link is used up, or too old.'");
        assertThat(text("access")).isEqualTo("Read only");
        assertThat(browser.is("document.getElementById('stage-choices').disabled"))
                .isTrue();
        assertThat(browser.is("document.getElementById('stage-lock').hidden")).isFalse();
        assertThat(browser.text("location.hash")).isEmpty();
    }

    @Test
    void aLinkThatGotNoAnswerCanBeTriedAgain() {
        visit(1);
        browser.run(
                "sessionStorage.clear(); window.real = window.fetch;"
                        + "window.fetch = () => Promise.reject(new Error('no answer')); location.hash = arguments[0]",
                server.link().replaceFirst("[^#]*", ""));
        browser.await("document.getElementById('stage-refusal').textContent.startsWith('The node did not answer')");
        assertThat(browser.text("location.hash")).startsWith("#token=");
        browser.await("document.getElementById('access').dataset.state === 'locked'");

        browser.reload();
        browser.await("document.getElementById('access').dataset.state === 'open'");
        assertThat(browser.text("location.hash")).isEmpty();
    }

    /** The node was started anew, and the page asks about what it had while a new link is opened. */
    @Test
    void aLateAnswerAboutAnOldSessionDoesNotEndTheNewOne() {
        browser.go("http://" + server.address() + "/");
        browser.await("document.getElementById('connection').dataset.state === 'live'");
        browser.run("sessionStorage.setItem('proteus-session', 'old'); window.real = window.fetch;"
                + "window.fetch = (path, options) => window.release ? window.real(path, options)"
                + "  : new Promise((go) => { window.release = () => go(window.real(path, options)); });"
                + "import('/access.js').then((access) => access.check()).then((is) => { window.checked = is; })");
        browser.await("window.release");
        browser.run("location.hash = arguments[0]", server.link().replaceFirst("[^#]*", ""));
        browser.await("sessionStorage.getItem('proteus-session') !== 'old'");
        browser.run("window.release()");

        browser.await("window.checked !== undefined");
        assertThat(browser.is("window.checked")).isTrue();
        browser.reload();
        browser.await("document.getElementById('access').dataset.state === 'open'");
    }

    @Test
    void aNodeThatStartsAnewIsFoundAgainAndKnowsNoOldSession() throws Exception {
        visit(2);
        PeerAddress at = server.address();
        server.close();
        browser.await("document.getElementById('connection').dataset.state === 'lost'");
        serve(at);

        browser.await("document.getElementById('connection').dataset.state === 'live'");
        browser.await("document.getElementById('access').dataset.state === 'locked'");
    }

    @Test
    void whatPeersSayIsTextAndNothingElse() {
        Fleet fleet = new Fleet(node, 4, Instant.now());
        fleet.say(HOSTILE);
        fleet.reason(HOSTILE);
        PeerKey key = new PeerKey.OfAddress(node.peers.getFirst().connection().address());
        fleet.journal(List.of(
                new JournalEntry.StageChanged(Instant.now(), Rollout.DEFAULT, new Rollout(Stage.MIGRATE, 25), HOSTILE),
                new JournalEntry.Moved(
                        Instant.now(), key, Stack.LIBP2P, MoveOutcome.LATER, Optional.empty(), HOSTILE, HOSTILE)));
        browser.go(server.link());
        browser.await("document.querySelectorAll('#peers tbody tr').length === 4");

        assertThat(browser.text("document.querySelector('#peers tbody th small').textContent"))
                .contains(HOSTILE);
        assertThat(browser.text("document.querySelector('#peers tbody tr').cells[8].textContent"))
                .contains(HOSTILE);
        assertThat(browser.text("document.querySelector('#reasons .name').textContent"))
                .isEqualTo(HOSTILE);
        assertThat(browser.text("document.querySelector('#journal').textContent"))
                .contains(HOSTILE);
        assertThat(browser.is("document.images.length === 1 && document.scripts.length === 2"))
                .isTrue();
        browser.run("document.querySelector('#peers button[aria-label]').click()");
        browser.await("document.getElementById('journal-of').textContent.startsWith('of ')");
        assertThat(browser.is("document.images.length === 1")).isTrue();
    }

    @Test
    void ofTwoHundredPeersOnlyThoseAreDrawnThatHaveChanged() {
        Fleet fleet = visit(200);
        browser.run(
                "window.touched = new Set(); window.moved = 0;"
                        + "new MutationObserver((list) => list.forEach((each) => {"
                        + "  if (each.target.tagName === 'TBODY') { window.moved += 1; return; }"
                        + "  const row = (each.target.closest ? each.target : each.target.parentElement).closest('tr');"
                        // The column of ages goes on by itself.
                        + "  if (row && !row.cells[7].contains(each.target)) { window.touched.add(row); } }))"
                        + ".observe(document.querySelector('#peers tbody'), { subtree: true, childList: true, characterData: true })");
        fleet.talkOne(17);
        browser.await("window.touched.size > 0");

        assertThat(browser.text("window.touched.size")).isEqualTo("1");
        assertThat(browser.text("window.moved")).isEqualTo("0");
    }

    @Test
    void peersAreSortedAndFilteredByTheKeyboard() {
        Fleet fleet = visit(40);
        fleet.move(10);
        browser.await("document.querySelectorAll('#peers .stack.libp2p').length === 10");
        browser.run("document.getElementById('peer-filter').focus()");
        browser.tabTo("#peers thead .sort");
        browser.press(Browser.ENTER);
        assertThat(browser.text("document.querySelector('#peers th').getAttribute('aria-sort')"))
                .isEqualTo("descending");
        List<String> addresses = browser.texts(
                "Array.from(document.querySelectorAll('#peers tbody th .value'), (cell) => cell.textContent)");
        assertThat(addresses.getFirst()).startsWith("87.");

        browser.run("document.getElementById('peer-filter').focus()");
        browser.press("q", "u", "i", "c");
        browser.await("document.querySelectorAll('#peers tbody tr').length < 10");
        assertThat(text("peers-count")).matches("[1-9] of 40");
        assertThat(browser.texts(
                        "Array.from(document.querySelectorAll('#peers tbody .stack'), (cell) => cell.textContent)"))
                .containsOnly("libp2p");

        browser.run("document.getElementById('peer-reset').click(); document.querySelector('#reasons button').click()");
        String reason = browser.text("document.querySelector('#reasons .name').textContent");
        assertThat(text("peers-reason")).isEqualTo("only: " + reason);
        assertThat(
                        browser.texts(
                                "Array.from(document.querySelectorAll('#peers tbody tr'), (row) => row.cells[8].firstChild.textContent)"))
                .isNotEmpty()
                .containsOnly(reason);
    }

    @Test
    void theFocusStaysWhereItIsWhenRowsAndReasonsMove() {
        Fleet fleet = visit(30);
        browser.run("for (const _ of [1, 2]) { document.querySelectorAll('#peers .sort')[6].click(); }");
        for (String way : List.of("", "Element.prototype.moveBefore = undefined;")) {
            browser.run(way + "window.focused = document.querySelector('#peers tbody tr:last-child button');"
                    + "window.focused.focus()");
            String address = browser.text("window.focused.closest('tr').cells[0].firstChild.textContent");
            fleet.talkOne(node.peers.stream()
                    .map(peer -> peer.connection().address().toString())
                    .toList()
                    .indexOf(address));
            browser.await("window.focused.closest('tr') === document.querySelector('#peers tbody tr')");
            assertThat(browser.is("document.activeElement === window.focused"))
                    .as(way)
                    .isTrue();
        }

        // Ten reasons are shown; one that goes leaves the focus to their title.
        fleet.reasonsOfTheirOwn();
        browser.await("!document.getElementById('reasons-more').hidden");
        assertThat(browser.text("document.querySelectorAll('#reasons li').length"))
                .isEqualTo("10");
        assertThat(text("reasons-more")).isEqualTo("and 20 more reasons, of 20 peers");
        browser.run("window.focused = document.querySelector('#reasons li:last-child button'); window.focused.focus()");
        fleet.reasonOfAll("a reason of many");
        browser.await("document.querySelectorAll('#reasons li').length === 1");
        assertThat(browser.text("document.activeElement.id")).isEqualTo("reasons-title");
    }

    @Test
    void theChartIsReadByKeysAndNotByThePointer() {
        visit(4);
        browser.await("document.getElementById('chart-text').textContent.startsWith('0 % of 4')");
        browser.tabTo("#chart");
        browser.run("document.getElementById('chart').setAttribute('aria-valuetext', 'nothing')");
        browser.press(Browser.END);
        assertThat(browser.text("document.getElementById('chart').getAttribute('aria-valuetext')"))
                .endsWith("0 on libp2p, 4 on legacy, 0 %");
        browser.run("document.getElementById('chart').setAttribute('aria-valuetext', 'as it was');"
                + "document.getElementById('chart').dispatchEvent(new PointerEvent('pointermove', { clientX: 300 }))");

        assertThat(text("chart-point")).isNotEmpty();
        assertThat(browser.text("document.getElementById('chart').getAttribute('aria-valuetext')"))
                .isEqualTo("as it was");
        assertThat(browser.is("document.getElementById('chart-point').closest('[role=status], [aria-live]')"))
                .isFalse();
    }

    @Test
    void theNodeIsShownAndEveryControlAndEveryTableHasAName() {
        Fleet fleet = visit(5);
        requireShown();
        fleet.move(2);
        browser.await("document.querySelectorAll('#peers .stack.libp2p').length === 2");
        assertThat(browser.text("document.documentElement.lang")).isEqualTo("en");
        assertThat(browser.text("document.querySelectorAll('h1').length")).isEqualTo("1");
        for (String landmark : List.of("main", "body > header", "body > nav", "body > footer")) {
            assertThat(browser.text("document.querySelectorAll('" + landmark + "').length"))
                    .as(landmark)
                    .isEqualTo("1");
        }
        assertThat(
                        browser.is(
                                "Array.from(document.querySelectorAll('table')).every((table) => table.caption"
                                        + " && Array.from(table.querySelectorAll('th')).every((head) => head.scope === 'col' || head.scope === 'row'))"))
                .isTrue();
        assertThat(browser.is("Array.from(document.images).every((image) => image.hasAttribute('alt'))"))
                .isTrue();
        assertThat(browser.is("new Set(Array.from(document.querySelectorAll('[id]'), (each) => each.id)).size"
                        + " === document.querySelectorAll('[id]').length"))
                .isTrue();
        assertThat(
                        browser.is(
                                "Array.from(document.querySelectorAll('.skips a')).every((link) => document.querySelector(link.getAttribute('href')))"))
                .isTrue();
        assertThat(controlsWithoutName()).isEmpty();
        // Nothing is cut off on a narrow screen.
        browser.resize(360, 800);
        browser.await("document.documentElement.clientWidth === 360");
        assertThat(browser.text("document.documentElement.scrollWidth")).isEqualTo("360");
    }

    private void requireShown() {
        assertThat(text("network")).isEqualTo("regtest");
        assertThat(text("share-now")).isEqualTo("0 %");
        assertThat(text("contested")).isEqualTo("4");
        assertThat(text("sync")).isEqualTo("Synced");
        assertThat(text("guard")).isEqualTo("Watching");
        assertThat(text("stage-now")).isEqualTo("migrate 75 %");
        assertThat(browser.texts(
                        "Array.from(document.querySelectorAll('#stacks tbody th'), (cell) => cell.textContent)"))
                .contains("Round trip, median", "Handshake, median", "Block rate, median", "Broken");
        assertThat(browser.text("document.title")).contains("regtest");
        assertThat(browser.console()).noneMatch(line -> line.startsWith("SEVERE"));
    }

    /** As Chromium tells assistive programs of them. */
    private List<String> controlsWithoutName() {
        List<String> named = List.of(
                "button",
                "link",
                "textbox",
                "searchbox",
                "combobox",
                "slider",
                "radio",
                "table",
                "region",
                "dialog",
                "progressbar");
        Map<?, ?> tree = (Map<?, ?>) Objects.requireNonNull(browser.cdp("Accessibility.getFullAXTree", Map.of()));
        List<?> nodes = (List<?>) Objects.requireNonNull(tree.get("nodes"));
        assertThat(nodes.stream().map(each -> property(each, "role")))
                .contains("button", "slider", "radio", "table", "region");
        return nodes.stream()
                .filter(each -> named.contains(property(each, "role"))
                        && property(each, "name").isBlank())
                .map(Object::toString)
                .toList();
    }

    private static String property(Object node, String name) {
        return ((Map<?, ?>) node).get(name) instanceof Map<?, ?> value ? String.valueOf(value.get("value")) : "";
    }

    /** The least contrast of any text with what is below it, as WCAG reckons it, and which text that is. */
    private static final String LEAST_CONTRAST = """
            const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
            const layers = (element) => {
              const all = [];
              for (let each = element; each; each = each.parentElement) { all.unshift(getComputedStyle(each).backgroundColor); }
              return all;
            };
            const painted = (colours) => {
              canvas.fillStyle = 'white'; canvas.fillRect(0, 0, 1, 1);
              for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
              return Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3);
            };
            const light = (colour) => colour.map((each) => each / 255)
              .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
              .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
            let least = [99, 'no text'];
            for (const element of document.querySelectorAll('body *')) {
              const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim());
              if (!own || !element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled, :disabled *, .unseen, .skips *')) { continue; }
              const below = layers(element);
              const [one, other] = [light(painted([...below, getComputedStyle(element).color])), light(painted(below))];
              const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
              if (contrast < least[0]) { least = [contrast, element.tagName + '.' + element.className + ': ' + element.textContent]; }
            }
            return least[0].toFixed(2) + ' ' + least[1];
            """;

    @Test
    void allTextCanBeReadInBothColourSchemesAndTheFocusCanBeSeen() {
        browser.prefer("dark");
        Fleet fleet = visit(12);
        fleet.move(5);
        browser.await("document.querySelectorAll('#peers .stack.libp2p').length === 5");
        browser.run("document.querySelector('input[value=dual]').click()");
        browser.await("!document.getElementById('stage-set').disabled");
        for (String scheme : List.of("dark", "light")) {
            browser.prefer(scheme);
            assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(scheme.equals("dark") ? "rgb(10, 17, 30)" : "rgb(241, 245, 250)");
            String least = String.valueOf(browser.run(LEAST_CONTRAST));
            assertThat(Double.parseDouble(least.split(" ", 2)[0]))
                    .as(scheme + ": " + least)
                    .isGreaterThanOrEqualTo(4.5);
        }
        requireVisibleFocus();
        requireThemeIsKept();
    }

    /** Before a reader that prefers light. */
    private void requireThemeIsKept() {
        browser.run("document.getElementById('theme').click()");
        assertThat(text("theme")).isEqualTo("Theme: dark");
        browser.reload();
        assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(10, 17, 30)");
        browser.run("localStorage.clear()");
    }

    private void requireVisibleFocus() {
        browser.run("document.activeElement.blur(); window.scrollTo(0, 0)");
        for (String selector : List.of(
                ".skips a", "#theme", "input[name=range]", "#chart", "input[name=stage]", "#peer-filter", ".sort")) {
            browser.tabTo(selector);
            assertThat(
                            browser.is(
                                    "[document.activeElement, document.activeElement.nextElementSibling].some((each) =>"
                                            + " each && getComputedStyle(each).outlineStyle === 'solid' && parseFloat(getComputedStyle(each).outlineWidth) >= 2)"))
                    .as(selector)
                    .isTrue();
        }
    }
}
