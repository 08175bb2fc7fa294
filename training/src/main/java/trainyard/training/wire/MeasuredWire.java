package trainyard.training.wire;

import java.util.stream.IntStream;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.clock.Alarms;
import trainyard.training.clock.Slowness;

/**
 * A measured link between any two processes. Messages do not slow one another down; a ring all-reduce of P workers takes {@code
 * 2 (P - 1)} messages of a P-th of the bytes, an all-gather {@code P - 1} of what each has. Messages between processes of one machine are
 * work of its cores, so where a core is slow those to and from it take as much longer, and a ring goes at the pace of its slowest.
 */
public final class MeasuredWire implements Wire {
    private static final int PRIORITY = 0;

    private final Alarms alarms;
    private final LinkFit link;
    private final Slowness slowness;
    private double sentBytes;

    /**
     * @param slowness how slow the cores are against those on which the link was measured
     */
    public MeasuredWire(Alarms alarms, LinkFit link, Slowness slowness) {
        this.alarms = alarms;
        this.link = link;
        this.slowness = slowness;
    }

    @Override
    public void push(int worker, double bytes, Runnable arrived) {
        message(slowness.core(worker), bytes, arrived);
    }

    @Override
    public void pull(int worker, double bytes, Runnable arrived) {
        message(slowness.core(worker), bytes, arrived);
    }

    @Override
    public void send(int from, int to, double bytes, Runnable arrived) {
        message(Math.max(slowness.core(from), slowness.core(to)), bytes, arrived);
    }

    private void message(double factor, double bytes, Runnable arrived) {
        sentBytes += bytes;
        alarms.after(factor * link.seconds(bytes), PRIORITY, arrived);
    }

    private double slowest(int workers) {
        return IntStream.range(0, workers).mapToDouble(slowness::ring).max().orElse(1);
    }

    @Override
    public void allReduce(int workers, double bytes, Runnable done) {
        sentBytes += 2 * (workers - 1) * bytes;
        alarms.after(slowest(workers) * 2 * (workers - 1) * link.seconds(bytes / workers), PRIORITY, done);
    }

    @Override
    public void allGather(int workers, double bytesEach, Runnable done) {
        sentBytes += (double) workers * (workers - 1) * bytesEach;
        alarms.after(slowest(workers) * (workers - 1) * link.seconds(bytesEach), PRIORITY, done);
    }

    @Override
    public double sentBytes() {
        return sentBytes;
    }
}
