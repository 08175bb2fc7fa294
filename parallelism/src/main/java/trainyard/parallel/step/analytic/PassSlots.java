package trainyard.parallel.step.analytic;

import trainyard.parallel.schedule.ChunkRoute;
import trainyard.parallel.schedule.PipelineShape;

/**
 * Numbers of the passes of a pipeline that take the same time. A slot is one direction of one chunk of one stage, numbered
 * {@code (stage x 2 + direction) x chunks + chunk} with direction 0 for forward and 1 for backward. The first forward pass
 * of a chunk and the backward pass that completes its gradients may take longer than the others, so they have slots of
 * their own, numbered behind all others.
 *
 * @param shape stages, micro-batches and chunks
 * @param route from chunk to chunk
 */
record PassSlots(PipelineShape shape, ChunkRoute route) {

    /** The first forward pass of a micro-batch waits for nothing. */
    static final int NOBODY = -1;

    /** Slots of passes that come again and again. */
    int regular() {
        return shape.stages() * 2 * shape.chunks();
    }

    /** Slots of both kinds. */
    int count() {
        return 2 * regular();
    }

    int slot(int stage, boolean backward, int chunk) {
        return (stage * 2 + (backward ? 1 : 0)) * shape.chunks() + chunk;
    }

    /** The slot of the pass of a slot that runs once. */
    int once(int slot) {
        return slot + regular();
    }

    int stage(int slot) {
        return slot % regular() / (2 * shape.chunks());
    }

    boolean backward(int slot) {
        return slot / shape.chunks() % 2 == 1;
    }

    /** The slot that yields what a slot waits for, or {@link #NOBODY}. */
    int feeder(int slot) {
        int own = routeSlot(slot);
        if (!backward(slot)) {
            int from = route.previous(own);
            return from == ChunkRoute.END ? NOBODY : slot(route.stage(from), false, route.chunk(from));
        }
        int from = route.next(own);
        return from == ChunkRoute.END ? slot - shape.chunks() : slot(route.stage(from), true, route.chunk(from));
    }

    /** The stage that yields what a slot waits for; its own where no other does. */
    int sender(int slot) {
        int from = feeder(slot);
        return from == NOBODY ? stage(slot) : stage(from);
    }

    /** The stage that waits for what a slot yields; its own where no other does. */
    int receiver(int slot) {
        int own = routeSlot(slot);
        int to = backward(slot) ? route.previous(own) : route.next(own);
        return to == ChunkRoute.END ? stage(slot) : route.stage(to);
    }

    private int routeSlot(int slot) {
        return route.slot(stage(slot), slot % shape.chunks());
    }
}
