package trainyard.scheduler.run;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.ObjLongConsumer;

/** Broken nodes, repaired by as many crews as there are, first come, first served. */
final class RepairQueue {

    private final ObjLongConsumer<Integer> begin;
    private final Queue<Repair> waiting = new ArrayDeque<>();
    private int freeCrews;

    private record Repair(int node, long nanos) {}

    /**
     * @param begin told of a node whose repair begins, and how long it takes
     */
    RepairQueue(int crews, ObjLongConsumer<Integer> begin) {
        freeCrews = crews;
        this.begin = begin;
    }

    void admit(int node, long nanos) {
        waiting.add(new Repair(node, nanos));
        work();
    }

    /** A repair is over. */
    void finished() {
        freeCrews++;
        work();
    }

    private void work() {
        while (freeCrews > 0 && !waiting.isEmpty()) {
            freeCrews--;
            Repair next = waiting.remove();
            begin.accept(next.node, next.nanos);
        }
    }
}
