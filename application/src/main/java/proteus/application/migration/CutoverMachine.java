package proteus.application.migration;

import java.util.ArrayList;
import java.util.List;
import proteus.application.migration.CutoverEvent.Refusal;
import proteus.application.port.MoveOutcome;

/**
 * The rules by which one session is cut over, in either direction. Pure.
 *
 * <p>A real neptune-core refuses a second connection of an instance that is connected, so the old one goes first: its
 * record is read before ours is sent, {@code Bye} is said in between, and what the new connection lacks by then is only
 * our record. It closes the socket before it forgets the peer, hence the moment's wait, and one more try when it closes at
 * once. A Proteus node takes part, so the new connection stands before the old one goes. Source: behaviour of neptune-cash
 * 0.19.4, {@code network/gateway.rs}, {@code peer_loop.rs}; protocol page "behaviour", 1.2 to 1.10.
 */
final class CutoverMachine {

    /** How often it is tried to get back to the stack where a session was. */
    static final int MOST_RETURNS = 4;

    private CutoverMachine() {}

    /**
     * What is so now and what is to be done.
     *
     * @param actions in their order
     */
    record Step(CutoverState state, List<CutoverAction> actions) {
        Step {
            actions = List.copyOf(actions);
        }

        private static Step to(CutoverState state, CutoverAction... actions) {
            return new Step(state, List.of(actions));
        }
    }

    /**
     * The first step, when the peer is found on the other stack.
     *
     * @param takesPart whether it knows how to change over without a gap
     */
    static Step start(boolean takesPart) {
        return takesPart
                ? Step.to(new CutoverState.Expecting(), CutoverAction.EXPECT)
                : Step.to(new CutoverState.Leaving(), CutoverAction.DEPART);
    }

    /** The step that {@code event} leads to; one that means nothing in {@code state} leads to the same state. */
    static Step on(CutoverState state, CutoverEvent event) {
        return switch (state) {
            case CutoverState.Expecting() -> expecting(event);
            case CutoverState.Switching() -> switching(event);
            case CutoverState.Leaving() -> leaving(event);
            case CutoverState.Lingering() -> lingering(event);
            case CutoverState.Presenting(int attempt) -> presenting(attempt, event);
            case CutoverState.Arriving(int attempt) -> arriving(attempt, event);
            case CutoverState.Returning(int attempt, var why) -> returning(attempt, why, event);
            case CutoverState.Back(int attempt, var why) -> back(attempt, why, event);
            case CutoverState.Over _ -> Step.to(state);
        };
    }

    private static Step over(MoveOutcome outcome, CutoverAction... actions) {
        return Step.to(new CutoverState.Over(outcome), actions);
    }

    private static Step returns(int attempt, MoveOutcome why, CutoverAction... first) {
        if (attempt > MOST_RETURNS) {
            return over(MoveOutcome.LOST, CutoverAction.GIVE_UP);
        }
        List<CutoverAction> actions = new ArrayList<>(List.of(first));
        actions.add(CutoverAction.RETURN);
        return new Step(new CutoverState.Returning(attempt, why), actions);
    }

    private static Step expecting(CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Ready _ -> Step.to(new CutoverState.Switching(), CutoverAction.SWITCH);
            case CutoverEvent.Busy _ -> over(MoveOutcome.NOT_NOW, CutoverAction.DROP);
            case CutoverEvent.Ended _ -> over(MoveOutcome.NOT_NOW, CutoverAction.DROP);
            case CutoverEvent.TooLate _ -> over(MoveOutcome.LATER, CutoverAction.WITHDRAW, CutoverAction.DROP);
            case CutoverEvent.Presented _,
                    CutoverEvent.NotPresented _,
                    CutoverEvent.Left _,
                    CutoverEvent.LingerOver _,
                    CutoverEvent.Arrived _,
                    CutoverEvent.PlaceLost _,
                    CutoverEvent.Dropped _ -> Step.to(new CutoverState.Expecting());
        };
    }

    private static Step switching(CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Arrived _ -> over(MoveOutcome.SETTLED);
            case CutoverEvent.NotPresented(var how) ->
                over(
                        switch (how) {
                            case CLOSED, PLACE_LOST -> MoveOutcome.NOT_NOW;
                            case SOMEONE_ELSE -> MoveOutcome.SOMEONE_ELSE;
                            case FAILED -> MoveOutcome.LATER;
                        },
                        CutoverAction.WITHDRAW);
            case CutoverEvent.Busy _, CutoverEvent.Dropped _, CutoverEvent.PlaceLost _ -> over(MoveOutcome.NOT_NOW);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST);
            case CutoverEvent.TooLate _ -> over(MoveOutcome.LATER);
            case CutoverEvent.Ready _, CutoverEvent.Presented _, CutoverEvent.Left _, CutoverEvent.LingerOver _ ->
                Step.to(new CutoverState.Switching());
        };
    }

    private static Step leaving(CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Left _ -> Step.to(new CutoverState.Lingering(), CutoverAction.LINGER);
            case CutoverEvent.Busy _ -> over(MoveOutcome.NOT_NOW, CutoverAction.DROP);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST, CutoverAction.DROP);
            case CutoverEvent.TooLate _ -> returns(1, MoveOutcome.WENT_BACK, CutoverAction.DROP);
            case CutoverEvent.Presented _,
                    CutoverEvent.NotPresented _,
                    CutoverEvent.LingerOver _,
                    CutoverEvent.Arrived _,
                    CutoverEvent.PlaceLost _,
                    CutoverEvent.Dropped _,
                    CutoverEvent.Ready _ -> Step.to(new CutoverState.Leaving());
        };
    }

    private static Step lingering(CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.LingerOver _, CutoverEvent.TooLate _ ->
                Step.to(new CutoverState.Presenting(1), CutoverAction.PRESENT);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST, CutoverAction.DROP);
            case CutoverEvent.Presented _,
                    CutoverEvent.NotPresented _,
                    CutoverEvent.Busy _,
                    CutoverEvent.Left _,
                    CutoverEvent.Arrived _,
                    CutoverEvent.PlaceLost _,
                    CutoverEvent.Dropped _,
                    CutoverEvent.Ready _ -> Step.to(new CutoverState.Lingering());
        };
    }

    private static Step presenting(int attempt, CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Presented _ -> Step.to(new CutoverState.Arriving(attempt), CutoverAction.HAND_OVER);
            case CutoverEvent.NotPresented(var how) -> notPresented(attempt, how);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST, CutoverAction.DROP);
            case CutoverEvent.TooLate _ -> returns(1, MoveOutcome.WENT_BACK, CutoverAction.DROP);
            case CutoverEvent.Busy _,
                    CutoverEvent.Left _,
                    CutoverEvent.LingerOver _,
                    CutoverEvent.Arrived _,
                    CutoverEvent.PlaceLost _,
                    CutoverEvent.Dropped _,
                    CutoverEvent.Ready _ -> Step.to(new CutoverState.Presenting(attempt));
        };
    }

    private static Step notPresented(int attempt, Refusal how) {
        return switch (how) {
            case CLOSED -> onceMore(attempt);
            case PLACE_LOST -> returns(1, MoveOutcome.SLOT_LOST);
            case SOMEONE_ELSE -> returns(1, MoveOutcome.SOMEONE_ELSE);
            case FAILED -> returns(1, MoveOutcome.WENT_BACK);
        };
    }

    /** An immediate close means one retry. */
    private static Step onceMore(int attempt) {
        return attempt == 1
                ? Step.to(new CutoverState.Presenting(2), CutoverAction.PRESENT_ANEW)
                : returns(1, MoveOutcome.WENT_BACK);
    }

    private static Step arriving(int attempt, CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Arrived _ -> over(MoveOutcome.SETTLED);
            case CutoverEvent.Dropped _ -> onceMore(attempt);
            case CutoverEvent.PlaceLost _ -> returns(1, MoveOutcome.SLOT_LOST);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST);
            // A peer that is silent and stays is content.
            case CutoverEvent.TooLate _ -> over(MoveOutcome.SETTLED);
            case CutoverEvent.Presented _,
                    CutoverEvent.NotPresented _,
                    CutoverEvent.Busy _,
                    CutoverEvent.Left _,
                    CutoverEvent.LingerOver _,
                    CutoverEvent.Ready _ -> Step.to(new CutoverState.Arriving(attempt));
        };
    }

    private static Step returning(int attempt, MoveOutcome why, CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Presented _ -> Step.to(new CutoverState.Back(attempt, why), CutoverAction.HAND_OVER);
            // Over libp2p a real node closes without a word when a legacy peer has the place; over legacy it says so.
            case CutoverEvent.NotPresented(var how) ->
                returns(attempt + 1, how == Refusal.PLACE_LOST ? MoveOutcome.SLOT_LOST : why);
            case CutoverEvent.TooLate _ -> returns(attempt + 1, why);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST, CutoverAction.DROP);
            case CutoverEvent.Busy _,
                    CutoverEvent.Left _,
                    CutoverEvent.LingerOver _,
                    CutoverEvent.Arrived _,
                    CutoverEvent.PlaceLost _,
                    CutoverEvent.Dropped _,
                    CutoverEvent.Ready _ -> Step.to(new CutoverState.Returning(attempt, why));
        };
    }

    private static Step back(int attempt, MoveOutcome why, CutoverEvent event) {
        return switch (event) {
            case CutoverEvent.Arrived _, CutoverEvent.TooLate _ -> over(why);
            case CutoverEvent.Dropped _, CutoverEvent.PlaceLost _ -> returns(attempt + 1, why);
            case CutoverEvent.Ended _ -> over(MoveOutcome.LOST);
            case CutoverEvent.Presented _,
                    CutoverEvent.NotPresented _,
                    CutoverEvent.Busy _,
                    CutoverEvent.Left _,
                    CutoverEvent.LingerOver _,
                    CutoverEvent.Ready _ -> Step.to(new CutoverState.Back(attempt, why));
        };
    }
}
