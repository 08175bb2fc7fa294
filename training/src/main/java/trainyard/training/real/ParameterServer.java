package trainyard.training.real;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import trainyard.training.calibration.ring.ProcessGroup;

/**
 * Holds the parameters. Each worker has a thread here that takes its gradient, applies it at once and answers with the
 * parameters as they then are.
 */
final class ParameterServer {

    /** Word before parameters: compute another gradient. */
    static final int GO_ON = 1;

    /** Word instead of parameters: no more gradients. */
    static final int STOP = 0;

    /** A gradient when it was applied. */
    record Applied(long update, int worker, long nanos, long staleness) {}

    private final RealRunPlan plan;
    private final float[] parameters;
    private final List<Applied> applied = new ArrayList<>();
    private final List<float[]> snapshots = new ArrayList<>();
    private final long last;
    private final CountDownLatch ready;
    private volatile boolean isBroken;
    private long version;
    private long start;

    ParameterServer(RealRunPlan plan, float[] parameters) {
        this.plan = plan;
        this.parameters = parameters;
        this.last = plan.updates();
        this.ready = new CountDownLatch(plan.workers());
    }

    /** Serves all workers of a group until the last gradient is applied. */
    void serve(ProcessGroup group) throws IOException {
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
            read = apply(worker, gradient, read, answer);
            if (read < 0) {
                out.writeInt(STOP);
                return;
            }
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

    /** The version that the answer holds; -1 where the run is over. */
    private synchronized long apply(int worker, float[] gradient, long read, float[] answer) {
        if (version == last || isBroken) {
            return -1;
        }
        float step = (float) (plan.rate() / plan.batch());
        for (int i = 0; i < gradient.length; i++) {
            parameters[i] -= step * gradient[i];
        }
        applied.add(new Applied(version + 1, worker, System.nanoTime() - start, version - read));
        version++;
        if (plan.isShown(version)) {
            snapshots.add(parameters.clone());
        }
        if (version == last) {
            return -1;
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
