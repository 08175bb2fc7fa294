package trainyard.parallel.step.analytic;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what repeats itself in a row of passes. A copy holds one micro-batch or, where the schedule takes them in groups, as
 * many as there are stages; it runs them in both directions or, where all forward passes come before all backward passes, in
 * one.
 */
final class LoopSearch {

    private final PassSlots numbers;
    private final int[] slots;
    private final int[] before;
    private final int[] feeders;

    LoopSearch(PassSlots numbers, int[] slots, int[] before, int[] feeders) {
        this.numbers = numbers;
        this.slots = slots;
        this.before = before;
        this.feeders = feeders;
    }

    /** Loops that hold every slot equally often; nothing where there are none. */
    List<PassLoop> loops() {
        for (int microBatches : new int[] {1, numbers.shape().stages()}) {
            int bothWays = numbers.regular() * microBatches;
            for (int length : new int[] {bothWays / 2, bothWays}) {
                List<PassLoop> found = loops(length, microBatches);
                if (holdAll(found, microBatches)) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private List<PassLoop> loops(int length, int microBatches) {
        List<PassLoop> found = new ArrayList<>();
        int start = length;
        for (int i = length; i <= slots.length; i++) {
            if (i < slots.length && isCopy(i, length)) {
                continue;
            }
            int copies = 1 + (i - start) / length;
            if (copies > 1) {
                int from = start - length;
                found.add(new PassLoop(from, length, copies, microBatches, reach(from, length, copies)));
            }
            start = i + 1;
        }
        return found;
    }

    private boolean isCopy(int place, int length) {
        int model = place - length;
        return slots[place] == slots[model] && before[place] == before[model] && feeders[place] == feeders[model];
    }

    private boolean holdAll(List<PassLoop> loops, int times) {
        int[] held = new int[numbers.count()];
        for (PassLoop loop : loops) {
            for (int i = 0; i < loop.length(); i++) {
                held[slots[loop.from() + i]]++;
            }
        }
        for (int slot = 0; slot < numbers.regular(); slot++) {
            if (held[slot] != times) {
                return false;
            }
        }
        return true;
    }

    private int reach(int from, int length, int copies) {
        int reach = 0;
        for (int i = from; i < from + length; i++) {
            reach = Math.max(reach, farthest(i) - (i - from));
        }
        int end = from + copies * length;
        for (int i = end; i < slots.length; i++) {
            reach = Math.max(reach, farthest(i) - (i - end));
        }
        return reach;
    }

    private int farthest(int place) {
        return Math.max(before[place], feeders[place]);
    }
}
