package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.request.AnnouncedObject;
import proteus.application.request.Announcer;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.TransferConnectionStatus;

/** A session that is carried on over another connection, and its peer in the test's hands. */
@Timeout(60)
final class MovedSessionTest {

    private static final PeerMessage BYE = new PeerMessage.Bye();
    private static final PeerMessage TIP = new PeerMessage.BlockNotificationRequest();

    private final RunningSession running = RunningSession.withPeer();
    private final NextConnection next = new NextConnection();
    private final RecordedRelocation relocation = new RecordedRelocation();

    @AfterEach
    void close() {
        running.close();
        next.close();
    }

    /** A message that is like no other. */
    private static PeerMessage number(int number) {
        return new PeerMessage.PeerListResponse(
                List.of(new PeerListEntry(new PeerAddress(new IpAddress.V4(number), 9798), new InstanceId(0, number))));
    }

    private static List<PeerMessage> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(MovedSessionTest::number).toList();
    }

    private void order(NodeEvent event) {
        assertThat(running.session.post(event)).isTrue();
    }

    private void send(int from, int to) {
        numbers(from, to).forEach(message -> order(new NodeEvent.Send(message)));
    }

    /** What was said by number. */
    private static List<PeerMessage> numbered(RecordedEvents heard) {
        return heard.messages().stream()
                .filter(PeerMessage.PeerListResponse.class::isInstance)
                .filter(message -> !message.equals(new PeerMessage.PeerListResponse(FakeSessionNode.PEERS)))
                .toList();
    }

    private void awaitHeardByNode(int count) {
        Await.until(
                () -> count + " lists; there are " + running.node.heard.size(),
                () -> running.node.heard.size() == count);
    }

    /** Seconds of ticks, each of them handled: the session answers after each. */
    private void pass(Duration time) throws Exception {
        for (Duration left = time; left.isPositive(); left = left.minus(PeerSession.TICK)) {
            awaitTimer();
            running.scheduler.advance(PeerSession.TICK);
        }
        awaitTimer();
    }

    private void awaitTimer() {
        Await.until("the next tick", () -> running.scheduler.waiting() > 0 || running.end.isDone());
    }

    private void awaitBye() {
        Await.until(
                () -> "Bye; heard: " + running.heard.messages(),
                () -> running.heard.messages().contains(BYE));
    }

    /** Asks for peers over the next connection, and so waits until all before is done. */
    private void awaitAnswerOverNext() throws Exception {
        long before = answersOverNext();
        next.say(new PeerMessage.PeerListRequest());
        Await.until(
                () -> "an answer; end: " + running.end + ", heard: " + next.heard.messages(),
                () -> answersOverNext() > before);
    }

    private long answersOverNext() {
        return next.heard.messages().stream()
                .filter(new PeerMessage.PeerListResponse(FakeSessionNode.PEERS)::equals)
                .count();
    }

    private void depart() {
        order(new NodeEvent.Depart(relocation));
        awaitBye();
        running.peer.close();
        relocation.await("left");
    }

    @Test
    void whoGoesFirstSaysByeAndReadsTheOldConnectionToTheEnd() throws Exception {
        send(0, 3);
        order(new NodeEvent.Switch(next.near, false, relocation));
        send(3, 6);
        awaitBye();
        next.say(number(103));
        running.peer.send(number(100));
        running.peer.send(number(101));
        running.peer.send(number(102));
        awaitHeardByNode(3);
        running.peer.send(BYE);
        relocation.await("arrived");
        awaitHeardByNode(4);

        assertThat(running.node.heard)
                .extracting(list -> list.getFirst().address().ip())
                .containsExactly(
                        new IpAddress.V4(100), new IpAddress.V4(101), new IpAddress.V4(102), new IpAddress.V4(103));
        assertThat(numbered(running.heard)).isEqualTo(numbers(0, 3));
        assertThat(running.heard.messages().getLast()).isEqualTo(BYE);
        Await.until("all said", () -> numbered(next.heard).equals(numbers(3, 6)));
        assertThat(running.heard.awaitClosed()).isNotNull();
        assertThat(running.session.connection()).isSameAs(next.near);
    }

    @Test
    void whoGoesSecondWritesOverTheOldConnectionUntilThePeerSaysBye() throws Exception {
        order(new NodeEvent.Switch(next.near, true, relocation));
        send(0, 3);
        running.awaitAnswer();
        assertThat(running.heard.messages()).doesNotContain(BYE);
        next.say(number(101));
        running.peer.send(number(100));
        running.peer.send(BYE);
        relocation.await("arrived");
        send(3, 5);
        awaitHeardByNode(2);

        assertThat(numbered(running.heard)).isEqualTo(numbers(0, 3));
        assertThat(running.heard.messages().getLast()).isEqualTo(BYE);
        Await.until("all said", () -> numbered(next.heard).equals(numbers(3, 5)));
        assertThat(running.node.heard.getFirst().getFirst().address().ip()).isEqualTo(new IpAddress.V4(100));
    }

    @Test
    void byeBeforeTheSwitchIsPartOfTheMoveIfItIsExpected() throws Exception {
        order(new NodeEvent.Expect(relocation));
        relocation.await("ready");
        running.peer.send(number(100));
        running.peer.send(BYE);
        awaitHeardByNode(1);
        send(0, 2);
        next.say(number(101));
        order(new NodeEvent.Switch(next.near, true, relocation));
        relocation.await("ready", "arrived");
        send(2, 4);
        awaitHeardByNode(2);

        assertThat(numbered(running.heard)).isEqualTo(numbers(0, 2));
        Await.until("all said", () -> numbered(next.heard).equals(numbers(2, 4)));
        assertThat(running.end).isNotDone();
    }

    @Test
    void byeWithoutAMoveIsTheEnd() throws Exception {
        order(new NodeEvent.Expect(relocation));
        relocation.await("ready");
        order(new NodeEvent.Withdraw());
        running.peer.send(BYE);

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.PEER_LEFT);
    }

    @Test
    void whatIsWithdrawnAfterThePeersByeIsTheEnd() throws Exception {
        order(new NodeEvent.Expect(relocation));
        relocation.await("ready");
        running.peer.send(BYE);
        // The peer hears nothing of its Bye; the session has taken it when it has taken what followed by its own
        // mailbox.
        Await.until("the Bye to be read", () -> running.connection.traffic().framesIn() == 1);
        running.peer.close();
        pass(PeerSession.TICK);
        order(new NodeEvent.Withdraw());

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.PEER_LEFT);
        relocation.await("ready", "ended PEER_LEFT");
    }

    @Test
    void whatWasExpectedAndDoesNotComeIsForgotten() throws Exception {
        order(new NodeEvent.Expect(relocation));
        relocation.await("ready");
        pass(Lines.EXPECT_PATIENCE.plus(PeerSession.TICK));
        running.awaitAnswer();
        running.peer.send(BYE);

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.PEER_LEFT);
    }

    @Test
    void aPeerThatSaidByeAndDoesNotComeIsGone() throws Exception {
        order(new NodeEvent.Expect(relocation));
        relocation.await("ready");
        running.peer.send(BYE);
        Await.until("the Bye to be read", () -> running.connection.traffic().framesIn() == 1);
        running.peer.close();
        pass(Lines.EXPECT_PATIENCE.plus(PeerSession.TICK));

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.CONNECTION_CLOSED);
        relocation.await("ready", "ended CONNECTION_CLOSED");
    }

    @Test
    void theOldConnectionMayDieBeforeThePeersByeIfThePeerProvedWhoItIs() throws Exception {
        order(new NodeEvent.Switch(next.near, true, relocation));
        running.awaitAnswer();
        running.peer.close();
        relocation.await("arrived");
        awaitAnswerOverNext();

        assertThat(running.session.connection()).isSameAs(next.near);
    }

    @Test
    void nobodyGetsASessionOverTheLegacyStackWithoutThePeersBye() throws Exception {
        try (NextConnection claim = new NextConnection(Carrier.LEGACY_TCP)) {
            order(new NodeEvent.Switch(claim.near, true, relocation));
            running.awaitAnswer();
            running.peer.close();

            assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.CONNECTION_CLOSED);
            claim.awaitClosed();
            assertThat(claim.heard.messages()).isEmpty();
        }
    }

    @Test
    void theOldConnectionMayDieWhileItsRestIsRead() throws Exception {
        order(new NodeEvent.Switch(next.near, false, relocation));
        awaitBye();
        running.peer.send(number(100));
        running.peer.close();
        relocation.await("arrived");
        awaitHeardByNode(1);
        awaitAnswerOverNext();
    }

    @Test
    void theSessionStaysWhereItIsIfTheNewConnectionDiesBeforeAnyBye() throws Exception {
        order(new NodeEvent.Switch(next.near, true, relocation));
        running.awaitAnswer();
        next.far.close();
        relocation.await("dropped REMOTE");
        running.awaitAnswer();

        assertThat(running.session.connection()).isSameAs(running.connection);
        assertThat(running.heard.messages()).doesNotContain(BYE);
    }

    @Test
    void theSessionEndsIfTheNewConnectionDiesAfterItsOwnBye() throws Exception {
        order(new NodeEvent.Switch(next.near, false, relocation));
        awaitBye();
        next.far.close();

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.CONNECTION_CLOSED);
        relocation.await("ended CONNECTION_CLOSED");
    }

    @Test
    void aPeerThatDoesNotSayByeInTimeKeepsItsConnection() throws Exception {
        order(new NodeEvent.Switch(next.near, true, relocation));
        running.awaitAnswer();
        pass(Lines.FOLLOW_PATIENCE.plus(PeerSession.TICK));
        relocation.await("dropped LOCAL");
        next.awaitClosed();
        running.awaitAnswer();
    }

    @Test
    void aPeerThatDoesNotSayByeInTimeAfterOursIsReadNoMore() throws Exception {
        order(new NodeEvent.Switch(next.near, false, relocation));
        awaitBye();
        pass(Lines.FOLLOW_PATIENCE.plus(PeerSession.TICK));
        relocation.await("arrived");
        awaitAnswerOverNext();
    }

    @Test
    void whatIsSaidInAGapWaitsAndComesInOrderAfterIt() throws Exception {
        send(0, 2);
        order(new NodeEvent.Depart(relocation));
        awaitBye();
        send(2, 4);
        running.peer.send(number(100));
        running.peer.close();
        relocation.await("left");
        awaitHeardByNode(1);
        send(4, 6);
        order(new NodeEvent.Arrive(next.near, relocation));
        send(6, 8);
        next.say(new PeerMessage.PeerListRequest());
        relocation.await("left", "arrived");
        Await.until("all said", () -> numbered(next.heard).equals(numbers(2, 8)));

        assertThat(numbered(running.heard)).isEqualTo(numbers(0, 2));
        assertThat(next.heard.messages()).filteredOn(TIP::equals).hasSize(1);
    }

    @Test
    void whatThePeerWasAskedForBeforeTheGapIsAskedForAgain() throws Exception {
        assertThat(running.node.requests.announced(
                        new AnnouncedObject.Block(Digest.ZERO, new BlockHeight(1)),
                        new Announcer(running.connection.description().peerId(), true, true),
                        running.scheduler.instant()))
                .as("it is this peer's turn to be asked")
                .isTrue();
        depart();
        order(new NodeEvent.Arrive(next.near, relocation));
        awaitAnswerOverNext();

        assertThat(asked(next.heard)).containsExactly(new PeerMessage.BlockRequestByHeight(new BlockHeight(1)));
        assertThat(next.heard.messages()).filteredOn(TIP::equals).hasSize(1);
    }

    private static List<PeerMessage> asked(RecordedEvents heard) {
        return heard.messages().stream()
                .filter(message -> message.kind() == PeerMessageKind.BLOCK_REQUEST_BY_HASH
                        || message.kind() == PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT)
                .toList();
    }

    @Test
    void aSessionThatHasTooMuchToSayInAGapEnds() throws Exception {
        depart();
        send(0, Unsaid.MOST);
        pass(PeerSession.TICK);
        assertThat(running.end).isNotDone();
        send(0, 1);

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.CONNECTION_CLOSED);
        relocation.await("left", "ended CONNECTION_CLOSED");
    }

    @Test
    void whatWaitedIsSaidAgainIfThePeerClosedAtOnce() throws Exception {
        depart();
        send(0, 3);
        order(new NodeEvent.Arrive(next.near, relocation));
        send(3, 4);
        Await.until("all said", () -> numbered(next.heard).equals(numbers(0, 4)));
        next.far.close();
        relocation.await("left", "dropped REMOTE");
        send(4, 5);
        try (NextConnection retry = new NextConnection()) {
            order(new NodeEvent.Arrive(retry.near, relocation));
            retry.say(new PeerMessage.PeerListRequest());
            relocation.await("left", "dropped REMOTE", "arrived");
            Await.until(
                    () -> "all said again; heard: " + retry.heard.messages(),
                    () -> numbered(retry.heard).equals(numbers(0, 5)));
            assertThat(retry.heard.messages()).filteredOn(TIP::equals).hasSize(1);
            assertThat(running.session.traffic().framesOut()).isGreaterThan(9);
        }
    }

    @Test
    void aPeerWithoutAPlaceIsReportedAndTheSessionMayGoBack() throws Exception {
        depart();
        send(0, 2);
        order(new NodeEvent.Arrive(next.near, relocation));
        next.say(new PeerMessage.ConnectionStatus(
                new TransferConnectionStatus.Refused(new ConnectionRefusedReason.MaxPeerNumberExceeded())));
        relocation.await("left", "refused");
        try (NextConnection back = new NextConnection(Carrier.LEGACY_TCP)) {
            order(new NodeEvent.Arrive(back.near, relocation));
            back.say(new PeerMessage.PeerListRequest());
            relocation.await("left", "refused", "arrived");
            Await.until("all said", () -> numbered(back.heard).equals(numbers(0, 2)));
        }
    }

    @Test
    void aPeerThatIsSilentAfterAGapIsContent() throws Exception {
        depart();
        order(new NodeEvent.Arrive(next.near, relocation));
        next.heard.awaitMessages(1);
        pass(Lines.ARRIVAL_PATIENCE.plus(PeerSession.TICK));

        relocation.await("left", "arrived");
    }

    @Test
    void aSessionThatNothingCarriesIsGivenUp() throws Exception {
        depart();
        order(new NodeEvent.GiveUp("the test"));

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.CONNECTION_CLOSED);
    }

    @Test
    void aSessionThatSomethingCarriesIsNotGivenUp() throws Exception {
        order(new NodeEvent.GiveUp("the test"));
        running.awaitAnswer();
        depart();
        order(new NodeEvent.Arrive(next.near, relocation));
        order(new NodeEvent.GiveUp("the test"));

        awaitAnswerOverNext();
        assertThat(running.end).isNotDone();
    }

    @Test
    void aSessionThatNothingComesForEndsByItself() throws Exception {
        depart();
        pass(Lines.BETWEEN_PATIENCE.plus(PeerSession.TICK));

        assertThat(running.awaitEnd().reason()).isEqualTo(SessionEnd.Reason.CONNECTION_CLOSED);
        relocation.await("left", "ended CONNECTION_CLOSED");
    }

    @Test
    void aPeerThatDoesNotCloseAfterByeIsClosed() throws Exception {
        order(new NodeEvent.Depart(relocation));
        awaitBye();
        pass(Lines.LEAVE_PATIENCE.plus(PeerSession.TICK));

        relocation.await("left");
        running.heard.awaitClosed();
    }

    @Test
    void aConnectionThatNobodyAskedForIsClosed() throws Exception {
        order(new NodeEvent.Arrive(next.near, relocation));

        next.awaitClosed();
        running.awaitAnswer();
        assertThat(running.session.connection()).isSameAs(running.connection);
    }

    @Test
    void oneMoveAtATime() throws Exception {
        RecordedRelocation second = new RecordedRelocation();
        order(new NodeEvent.Switch(next.near, true, relocation));
        try (NextConnection other = new NextConnection()) {
            order(new NodeEvent.Expect(second));
            order(new NodeEvent.Depart(second));
            order(new NodeEvent.Switch(other.near, true, second));
            second.await("busy with another move", "busy with another move", "busy with another move");
            other.awaitClosed();
        }
        running.peer.send(BYE);
        relocation.await("arrived");
    }

    @Test
    void aSessionThatEndsTellsWhateverMovesIt() throws Exception {
        RecordedRelocation second = new RecordedRelocation();
        order(new NodeEvent.Switch(next.near, true, relocation));
        running.awaitAnswer();
        order(new NodeEvent.Expel("the test"));
        running.awaitEnd();

        relocation.await("ended EXPELLED");
        next.awaitClosed();
        assertThat(running.session.post(new NodeEvent.Depart(second))).isFalse();
    }

    @Test
    void standingAndTrafficGoOn() throws Exception {
        running.peer.sendFrame(new byte[] {1, 0, 0, 0, 7});
        Await.until(
                () -> "a punishment; standing " + running.standing.current(),
                () -> running.standing.current().score() < 0 || running.end.isDone());
        int score = running.standing.current().score();
        assertThat(score).isNegative();
        long before = running.session.traffic().framesIn();
        depart();
        order(new NodeEvent.Arrive(next.near, relocation));
        awaitAnswerOverNext();

        assertThat(running.standing.current().score()).isEqualTo(score);
        assertThat(running.session.traffic().framesIn()).isEqualTo(before + 1);
    }
}
