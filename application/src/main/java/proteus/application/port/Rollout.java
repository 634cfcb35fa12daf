package proteus.application.port;

/**
 * What an operator decided about the migration.
 *
 * @param stage how far the node goes
 * @param share how many of the peers that have both stacks are moved in the stage {@link Stage#MIGRATE}, in percent, 0 to
 *     100; kept over the other stages, in which it means nothing
 */
public record Rollout(Stage stage, int share) {

    /** The most that can be moved: all. */
    public static final int ALL = 100;

    /** What a node does that nobody told otherwise. */
    public static final Rollout DEFAULT = new Rollout(Stage.DUAL, ALL);

    public Rollout {
        if (share < 0 || share > ALL) {
            throw new IllegalArgumentException("share outside 0 to 100: " + share);
        }
    }

    /** The percentage of peers to be moved that this means now. */
    public int effectiveShare() {
        return stage == Stage.MIGRATE ? share : 0;
    }

    /** Such as {@code migrate 25 %} or {@code dual}. */
    @Override
    public String toString() {
        return stage == Stage.MIGRATE ? stage + " " + share + " %" : stage.toString();
    }
}
