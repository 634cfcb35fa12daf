package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.migration.CutoverEvent.Refusal;
import proteus.application.port.MoveOutcome;

/** Every state with every event, and what holds of every way through. */
final class CutoverMachineTest {

    private static final List<CutoverEvent> EVENTS = List.of(
            new CutoverEvent.Ready(),
            new CutoverEvent.Busy(),
            new CutoverEvent.Left(),
            new CutoverEvent.LingerOver(),
            new CutoverEvent.Presented(),
            new CutoverEvent.NotPresented(Refusal.CLOSED),
            new CutoverEvent.NotPresented(Refusal.PLACE_LOST),
            new CutoverEvent.NotPresented(Refusal.SOMEONE_ELSE),
            new CutoverEvent.NotPresented(Refusal.FAILED),
            new CutoverEvent.Arrived(),
            new CutoverEvent.Dropped(),
            new CutoverEvent.PlaceLost(),
            new CutoverEvent.Ended(),
            new CutoverEvent.TooLate());

    private static final List<CutoverState> STATES = List.of(
            new CutoverState.Expecting(),
            new CutoverState.Switching(),
            new CutoverState.Leaving(),
            new CutoverState.Lingering(),
            new CutoverState.Presenting(1),
            new CutoverState.Presenting(2),
            new CutoverState.Arriving(1),
            new CutoverState.Arriving(2),
            new CutoverState.Returning(1, MoveOutcome.WENT_BACK),
            new CutoverState.Returning(4, MoveOutcome.SLOT_LOST),
            new CutoverState.Back(1, MoveOutcome.SOMEONE_ELSE),
            new CutoverState.Back(4, MoveOutcome.WENT_BACK),
            new CutoverState.Over(MoveOutcome.SETTLED),
            new CutoverState.Over(MoveOutcome.LOST));

    /** State, event, next state, actions; what is not in it leaves all as it is. */
    private static final String TABLE = """
            Expecting               Ready              -> Switching                SWITCH
            Expecting               Busy               -> Over not-now             DROP
            Expecting               Ended              -> Over not-now             DROP
            Expecting               TooLate            -> Over later               WITHDRAW DROP

            Switching               Arrived            -> Over settled
            Switching               NotPresented CLOSED       -> Over not-now      WITHDRAW
            Switching               NotPresented PLACE_LOST   -> Over not-now      WITHDRAW
            Switching               NotPresented SOMEONE_ELSE -> Over someone-else WITHDRAW
            Switching               NotPresented FAILED       -> Over later        WITHDRAW
            Switching               Busy               -> Over not-now
            Switching               Dropped            -> Over not-now
            Switching               PlaceLost          -> Over not-now
            Switching               Ended              -> Over lost
            Switching               TooLate            -> Over later

            Leaving                 Left               -> Lingering                LINGER
            Leaving                 Busy               -> Over not-now             DROP
            Leaving                 Ended              -> Over lost                DROP
            Leaving                 TooLate            -> Returning 1 went-back    DROP RETURN

            Lingering               LingerOver         -> Presenting 1             PRESENT
            Lingering               TooLate            -> Presenting 1             PRESENT
            Lingering               Ended              -> Over lost                DROP

            Presenting 1            Presented          -> Arriving 1               HAND_OVER
            Presenting 1            NotPresented CLOSED       -> Presenting 2      PRESENT_ANEW
            Presenting 1            NotPresented PLACE_LOST   -> Returning 1 slot-lost     RETURN
            Presenting 1            NotPresented SOMEONE_ELSE -> Returning 1 someone-else  RETURN
            Presenting 1            NotPresented FAILED       -> Returning 1 went-back     RETURN
            Presenting 1            Ended              -> Over lost                DROP
            Presenting 1            TooLate            -> Returning 1 went-back    DROP RETURN

            Presenting 2            Presented          -> Arriving 2               HAND_OVER
            Presenting 2            NotPresented CLOSED       -> Returning 1 went-back     RETURN
            Presenting 2            NotPresented PLACE_LOST   -> Returning 1 slot-lost     RETURN
            Presenting 2            NotPresented SOMEONE_ELSE -> Returning 1 someone-else  RETURN
            Presenting 2            NotPresented FAILED       -> Returning 1 went-back     RETURN
            Presenting 2            Ended              -> Over lost                DROP
            Presenting 2            TooLate            -> Returning 1 went-back    DROP RETURN

            Arriving 1              Arrived            -> Over settled
            Arriving 1              Dropped            -> Presenting 2             PRESENT_ANEW
            Arriving 1              PlaceLost          -> Returning 1 slot-lost    RETURN
            Arriving 1              Ended              -> Over lost
            Arriving 1              TooLate            -> Over settled

            Arriving 2              Arrived            -> Over settled
            Arriving 2              Dropped            -> Returning 1 went-back    RETURN
            Arriving 2              PlaceLost          -> Returning 1 slot-lost    RETURN
            Arriving 2              Ended              -> Over lost
            Arriving 2              TooLate            -> Over settled

            Returning 1 went-back   Presented          -> Back 1 went-back         HAND_OVER
            Returning 1 went-back   NotPresented CLOSED       -> Returning 2 went-back     RETURN
            Returning 1 went-back   NotPresented PLACE_LOST   -> Returning 2 slot-lost     RETURN
            Returning 1 went-back   NotPresented SOMEONE_ELSE -> Returning 2 went-back     RETURN
            Returning 1 went-back   NotPresented FAILED       -> Returning 2 went-back     RETURN
            Returning 1 went-back   TooLate            -> Returning 2 went-back    RETURN
            Returning 1 went-back   Ended              -> Over lost                DROP

            Returning 4 slot-lost   Presented          -> Back 4 slot-lost         HAND_OVER
            Returning 4 slot-lost   NotPresented CLOSED       -> Over lost         GIVE_UP
            Returning 4 slot-lost   NotPresented PLACE_LOST   -> Over lost         GIVE_UP
            Returning 4 slot-lost   NotPresented SOMEONE_ELSE -> Over lost         GIVE_UP
            Returning 4 slot-lost   NotPresented FAILED       -> Over lost         GIVE_UP
            Returning 4 slot-lost   TooLate            -> Over lost                GIVE_UP
            Returning 4 slot-lost   Ended              -> Over lost                DROP

            Back 1 someone-else     Arrived            -> Over someone-else
            Back 1 someone-else     TooLate            -> Over someone-else
            Back 1 someone-else     Dropped            -> Returning 2 someone-else RETURN
            Back 1 someone-else     PlaceLost          -> Returning 2 someone-else RETURN
            Back 1 someone-else     Ended              -> Over lost

            Back 4 went-back        Arrived            -> Over went-back
            Back 4 went-back        TooLate            -> Over went-back
            Back 4 went-back        Dropped            -> Over lost                GIVE_UP
            Back 4 went-back        PlaceLost          -> Over lost                GIVE_UP
            Back 4 went-back        Ended              -> Over lost
            """;

    @Test
    void everyStateWithEveryEventIsAsTheTableSays() {
        List<String> actual = new ArrayList<>();
        for (CutoverState state : STATES) {
            for (CutoverEvent event : EVENTS) {
                CutoverMachine.Step step = CutoverMachine.on(state, event);
                boolean nothing = step.state().equals(state) && step.actions().isEmpty();
                if (!nothing) {
                    actual.add(line(state, event, step));
                }
            }
        }

        List<String> table = TABLE.lines()
                .map(CutoverMachineTest::plain)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(actual).containsExactlyInAnyOrderElementsOf(table);
    }

    @Test
    void aPeerThatTakesPartIsExpectedAndAnotherIsLeft() {
        assertThat(CutoverMachine.start(true))
                .isEqualTo(new CutoverMachine.Step(new CutoverState.Expecting(), List.of(CutoverAction.EXPECT)));
        assertThat(CutoverMachine.start(false))
                .isEqualTo(new CutoverMachine.Step(new CutoverState.Leaving(), List.of(CutoverAction.DEPART)));
    }

    private static String line(CutoverState state, CutoverEvent event, CutoverMachine.Step step) {
        String actions = step.actions().stream().map(CutoverAction::name).collect(Collectors.joining(" "));
        return plain(text(state) + " " + text(event) + " -> " + text(step.state()) + " " + actions);
    }

    private static String plain(String line) {
        return String.join(" ", Arrays.asList(line.trim().split("\\s+")));
    }

    private static String text(CutoverEvent event) {
        return event instanceof CutoverEvent.NotPresented(Refusal how)
                ? "NotPresented " + how
                : event.getClass().getSimpleName();
    }

    private static String text(CutoverState state) {
        return switch (state) {
            case CutoverState.Presenting(int attempt) -> "Presenting " + attempt;
            case CutoverState.Arriving(int attempt) -> "Arriving " + attempt;
            case CutoverState.Returning(int attempt, var why) -> "Returning " + attempt + " " + why;
            case CutoverState.Back(int attempt, var why) -> "Back " + attempt + " " + why;
            case CutoverState.Over(var outcome) -> "Over " + outcome;
            case CutoverState.Expecting _, CutoverState.Switching _, CutoverState.Leaving _, CutoverState.Lingering _ ->
                state.getClass().getSimpleName();
        };
    }

    /** What is so outside the machine, as far as its actions and the events before tell. */
    private static final class Outside {

        private boolean heldUsed;
        private boolean departed;
        private boolean handedOver;

        void before(CutoverEvent event, CutoverState in) {
            boolean onNewOne = in instanceof CutoverState.Arriving || in instanceof CutoverState.Back;
            if (onNewOne && (event instanceof CutoverEvent.Dropped || event instanceof CutoverEvent.PlaceLost)) {
                handedOver = false;
            }
        }

        void does(CutoverAction action, String way) {
            switch (action) {
                case PRESENT, SWITCH -> {
                    assertThat(heldUsed)
                            .as("the held connection was used before: %s", way)
                            .isFalse();
                    heldUsed = true;
                }
                case HAND_OVER -> {
                    assertThat(departed && !handedOver)
                            .as("nothing carries it before: %s", way)
                            .isTrue();
                    handedOver = true;
                }
                case DEPART -> departed = true;
                case GIVE_UP ->
                    assertThat(departed && !handedOver)
                            .as("given up when nothing carries it: %s", way)
                            .isTrue();
                case DROP ->
                    assertThat(handedOver).as("dropped what is in use: %s", way).isFalse();
                case EXPECT, WITHDRAW, LINGER, PRESENT_ANEW, RETURN -> {}
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensItComesToAnEndThatIsRight(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 20_000; run++) {
            boolean takesPart = random.nextBoolean();
            CutoverMachine.Step step = CutoverMachine.start(takesPart);
            Outside outside = new Outside();
            StringBuilder way = new StringBuilder("seed " + seed + ", run " + run + ":");
            List<CutoverAction> all = new ArrayList<>(step.actions());
            step.actions().forEach(action -> outside.does(action, way.toString()));
            int lates = 0;
            while (!(step.state() instanceof CutoverState.Over)) {
                CutoverEvent event =
                        random.nextInt(4) == 0 ? new CutoverEvent.TooLate() : EVENTS.get(random.nextInt(EVENTS.size()));
                lates += event instanceof CutoverEvent.TooLate ? 1 : 0;
                assertThat(lates).as("time-outs until the end: %s", way).isLessThan(12);
                outside.before(event, step.state());
                way.append(' ').append(text(step.state())).append('/').append(text(event));
                step = CutoverMachine.on(step.state(), event);
                all.addAll(step.actions());
                step.actions().forEach(action -> outside.does(action, way.toString()));
            }
            judge(all, ((CutoverState.Over) step.state()).outcome(), takesPart, way.toString());
        }
    }

    private static void judge(List<CutoverAction> all, MoveOutcome outcome, boolean takesPart, String way) {
        if (takesPart) {
            assertThat(all).as(way).doesNotContain(CutoverAction.DEPART, CutoverAction.GIVE_UP, CutoverAction.RETURN);
        } else {
            assertThat(all).as(way).doesNotContain(CutoverAction.SWITCH, CutoverAction.EXPECT);
        }
        if (outcome == MoveOutcome.SETTLED && !takesPart) {
            assertThat(all).as(way).contains(CutoverAction.HAND_OVER).doesNotContain(CutoverAction.RETURN);
        }
        if (outcome == MoveOutcome.SLOT_LOST || outcome == MoveOutcome.WENT_BACK) {
            assertThat(all).as(way).contains(CutoverAction.RETURN).contains(CutoverAction.HAND_OVER);
        }
        assertThat(all.stream().filter(CutoverAction.GIVE_UP::equals).count())
                .as(way)
                .isLessThanOrEqualTo(1);
        if (all.contains(CutoverAction.GIVE_UP)) {
            assertThat(outcome).as(way).isEqualTo(MoveOutcome.LOST);
            assertThat(all.getLast()).as(way).isEqualTo(CutoverAction.GIVE_UP);
        }
        assertThat(all.stream().filter(CutoverAction.RETURN::equals).count())
                .as(way)
                .isLessThanOrEqualTo(CutoverMachine.MOST_RETURNS);
    }
}
