package trainyard.parallel.input;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Resource;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;

/**
 * The loader of one data-parallel rank, or of several that do the same at the same time. Micro-batches are handed on in
 * their order: one that is late holds up those behind it.
 */
final class Loader {

    private static final Step NOBODY = now -> {};

    private final Timeline timeline;
    private final InputPath path;
    private final BatchCost cost;
    private final SharedStorage storage;
    private final int copies;
    private final DoubleSupplier latencySeconds;
    private final Resource cores;
    private final Resource copyEngine = new Resource(1);
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final boolean[] ready;
    private long issued;
    private long taken;
    private int buffered;
    private Step waiting = NOBODY;

    /**
     * @param copies ranks that this one stands for
     * @param latencySeconds draws the time that the reads of a micro-batch wait for their first bytes
     */
    Loader(
            Timeline timeline,
            InputPath path,
            BatchCost cost,
            SharedStorage storage,
            int copies,
            DoubleSupplier latencySeconds) {
        this.timeline = timeline;
        this.path = path;
        this.cost = cost;
        this.storage = storage;
        this.copies = copies;
        this.latencySeconds = latencySeconds;
        Loading loading = path.loading();
        this.cores = new Resource(loading.cores());
        this.ready = new boolean[Math.max(1, loading.prefetch())];
        for (int i = 0; i < loading.parallel(); i++) {
            idle.add(new Worker());
        }
    }

    /** Starts to fill the buffer. */
    void start() {
        while (!idle.isEmpty() && issued - taken < path.loading().prefetch()) {
            idle.remove().load();
        }
    }

    /** Goes on once the next micro-batch is there; a training process without a buffer loads it now. */
    void take(Step then) {
        waiting = then;
        if (path.loading().prefetch() == 0) {
            idle.remove().load();
        } else {
            handOn();
        }
    }

    /** Micro-batches that are loaded and not yet taken. */
    int buffered() {
        return buffered;
    }

    private void handOn() {
        int slot = (int) (taken % ready.length);
        if (waiting == NOBODY || !ready[slot]) {
            return;
        }
        ready[slot] = false;
        buffered--;
        taken++;
        Step then = waiting;
        waiting = NOBODY;
        timeline.at(timeline.now(), 0, then);
        start();
    }

    /** One worker: it waits for the first bytes, reads, decodes and copies a whole micro-batch. */
    private final class Worker {
        private final Activity life = new Activity(timeline, 0);
        private long batch;

        void load() {
            batch = issued++;
            if (cost.storageBytes() > 0) {
                life.hold(latencySeconds.getAsDouble(), this::read);
            } else {
                life.hold(cost.localSeconds(), this::decode);
            }
        }

        private void read(long now) {
            storage.transfer(StorageClass.DATA, cost.storageBytes(), copies, this::readLocal);
        }

        private void readLocal(long now) {
            life.hold(cost.localSeconds(), this::decode);
        }

        private void decode(long now) {
            life.acquire(cores, 1, granted -> life.hold(cost.decodeSeconds(), this::copy));
        }

        private void copy(long now) {
            cores.release(1);
            if (path.copy().pinned()) {
                life.acquire(copyEngine, 1, granted -> life.hold(cost.copySeconds(), this::copied));
            } else {
                finish();
            }
        }

        private void copied(long now) {
            copyEngine.release(1);
            finish();
        }

        private void finish() {
            ready[(int) (batch % ready.length)] = true;
            buffered++;
            idle.add(this);
            handOn();
            if (path.loading().prefetch() > 0) {
                start();
            }
        }
    }
}
