package trainyard.training.real;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import trainyard.training.calibration.ring.LocalProcesses;

/**
 * Holds the parameters. Each worker has a thread here that takes its gradient, applies it at once and answers with the
 * parameters as they then are.
 */
public final class ParameterServer {

    /** Word before parameters: compute another gradient. */
    public static final int GO_ON = 1;

    /** Word instead of parameters: look at your core, and say when it is done. */
    public static final int LOOK = 2;

    /** Word instead of parameters: no more gradients. */
    public static final int STOP = 0;

    private static final long OVER = -1;
    private static final long HELD = -2;

    /** A gradient when it was applied. */
    record Applied(long update, int worker, long nanos, long staleness) {}

    private final RealRunPlan plan;
    private final LookSchedule looks;
    private final float[] parameters;
    private final List<Applied> applied = new ArrayList<>();
    private final List<float[]> snapshots = new ArrayList<>();
    private final long last;
    private final CountDownLatch ready;
    private final Pauses pauses;
    private volatile boolean isBroken;
    private long version;
    private long start;

    ParameterServer(RealRunPlan plan, float[] parameters) {
        this.plan = plan;
        this.looks = plan.looks();
        this.parameters = parameters;
        this.last = plan.updates();
        this.ready = new CountDownLatch(plan.workers());
        this.pauses = new Pauses(plan.workers());
    }

    /** Serves all workers of a group until the last gradient is applied. */
    void serve(LocalProcesses group) throws IOException {
        List<Thread> threads = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        for (int worker = 0; worker < plan.workers(); worker++) {
            int rank = worker;
            Thread thread = new Thread(
                    () -> {
                        try {
                            serve(rank, group.in(rank), group.out(rank));
                        } catch (IOException gone) {
                            synchronized (failures) {
                                failures.add(gone);
                            }
                            giveUp();
                        }
                    },
                    "parameter server for worker " + rank);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            join(thread);
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** A worker is gone: nobody waits for it any longer. */
    private void giveUp() {
        isBroken = true;
        pauses.giveUp();
        for (int worker = 0; worker < plan.workers(); worker++) {
            ready.countDown();
        }
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while workers train", interrupted);
        }
    }

    private void serve(int worker, DataInputStream in, DataOutputStream out) throws IOException {
        FloatLine line = new FloatLine(in, out, parameters.length);
        float[] gradient = new float[parameters.length];
        float[] answer = new float[parameters.length];
        in.readInt();
        awaitAll();
        long read = read(answer);
        while (true) {
            out.writeInt(GO_ON);
            line.send(answer);
            line.receive(gradient);
            long version = apply(worker, gradient, read, answer);
            while (version == HELD) {
                long later = pauses.sinceBegin();
                waitUntil(look(in, out) + later);
                version = apply(worker, gradient, read, answer);
            }
            if (version == OVER) {
                out.writeInt(STOP);
                return;
            }
            read = version;
            if (looks.isLook(version)) {
                look(in, out);
            }
        }
    }

    /** Lets the worker look at its core, and waits until all have; the time at which the clock goes on. */
    private long look(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeInt(LOOK);
        in.readInt();
        return pauses.measured();
    }

    /** A thread that sleeps wakes too late for a fraction of a millisecond. */
    private static void waitUntil(long nanoTime) {
        while (System.nanoTime() - nanoTime < 0) {
            Thread.onSpinWait();
        }
    }

    /** A worker says that it is ready; nobody begins before all are. */
    private void awaitAll() throws IOException {
        ready.countDown();
        try {
            ready.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while workers start", interrupted);
        }
        if (isBroken) {
            throw new EOFException("another worker is gone");
        }
    }

    private synchronized long read(float[] answer) {
        if (start == 0) {
            start = System.nanoTime();
        }
        System.arraycopy(parameters, 0, answer, 0, answer.length);
        return version;
    }

    /** The version that the answer holds; {@link #OVER} where the run is over, {@link #HELD} where the clock stands still. */
    private synchronized long apply(int worker, float[] gradient, long read, float[] answer) {
        if (version == last || isBroken) {
            return OVER;
        }
        if (pauses.isOpen()) {
            return HELD;
        }
        float step = (float) (plan.rate() / plan.batch());
        for (int i = 0; i < gradient.length; i++) {
            parameters[i] -= step * gradient[i];
        }
        applied.add(new Applied(version + 1, worker, System.nanoTime() - start - pauses.nanos(), version - read));
        version++;
        if (plan.isShown(version)) {
            snapshots.add(parameters.clone());
        }
        if (version == last) {
            return OVER;
        }
        if (looks.isLook(version)) {
            pauses.begin();
        }
        System.arraycopy(parameters, 0, answer, 0, answer.length);
        return version;
    }

    List<Applied> applied() {
        return applied;
    }

    /** The parameters after every so many updates. */
    List<float[]> snapshots() {
        return snapshots;
    }
}
