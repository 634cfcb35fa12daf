package proteus.domain.mutatorset;

import proteus.domain.field.U32Sequence;

/**
 * The active window while it moves. Moving costs no more than the positions that leave it. Not safe for use by many
 * threads.
 */
final class MovingWindow {

    /** Ascending. What was counted from before the window moved is higher by {@link #moved}. */
    private U32Sequence positions;

    /** The first of the positions that have not left. */
    private int start;

    private int moved;

    MovingWindow(ActiveWindow window) {
        positions = window.sbf();
    }

    boolean contains(int position) {
        return SortedWords.contain(positions, start, position + moved);
    }

    /** Moves by one chunk, and gives the chunk that the window has left. */
    Chunk slide() {
        int end = start;
        while (end < positions.size() && positions.at(end) < moved + SlidingWindow.CHUNK_SIZE) {
            end++;
        }
        Chunk left = end == start ? Chunk.empty() : new Chunk(positions(start, end));
        start = end;
        // What is left in the window bounds how far it has moved since it was counted from its start.
        moved = start == positions.size() ? 0 : moved + SlidingWindow.CHUNK_SIZE;
        if (moved == 0) {
            positions = U32Sequence.empty();
            start = 0;
        }
        return left;
    }

    /** Sets these positions once more; they must ascend. */
    void insert(int[] added) {
        positions = SortedWords.merged(positions(start, positions.size()), added);
        start = 0;
        moved = 0;
    }

    ActiveWindow window() {
        return new ActiveWindow(positions(start, positions.size()));
    }

    private U32Sequence positions(int from, int to) {
        int[] taken = new int[to - from];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = positions.at(from + i) - moved;
        }
        return U32Sequence.owning(taken);
    }
}
