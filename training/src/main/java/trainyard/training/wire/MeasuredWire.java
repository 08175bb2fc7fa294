package trainyard.training.wire;

import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.clock.Alarms;

/**
 * A measured link between any two processes. Messages do not slow one another down; a ring all-reduce of P workers takes {@code
 * 2 (P - 1)} messages of a P-th of the bytes, an all-gather {@code P - 1} of what each has.
 */
public final class MeasuredWire implements Wire {
    private static final int PRIORITY = 0;

    private final Alarms alarms;
    private final LinkFit link;
    private double sentBytes;

    public MeasuredWire(Alarms alarms, LinkFit link) {
        this.alarms = alarms;
        this.link = link;
    }

    @Override
    public void push(int worker, double bytes, Runnable arrived) {
        message(bytes, arrived);
    }

    @Override
    public void pull(int worker, double bytes, Runnable arrived) {
        message(bytes, arrived);
    }

    @Override
    public void send(int from, int to, double bytes, Runnable arrived) {
        message(bytes, arrived);
    }

    private void message(double bytes, Runnable arrived) {
        sentBytes += bytes;
        alarms.after(link.seconds(bytes), PRIORITY, arrived);
    }

    @Override
    public void allReduce(int workers, double bytes, Runnable done) {
        sentBytes += 2 * (workers - 1) * bytes;
        alarms.after(2 * (workers - 1) * link.seconds(bytes / workers), PRIORITY, done);
    }

    @Override
    public void allGather(int workers, double bytesEach, Runnable done) {
        sentBytes += (double) workers * (workers - 1) * bytesEach;
        alarms.after((workers - 1) * link.seconds(bytesEach), PRIORITY, done);
    }

    @Override
    public double sentBytes() {
        return sentBytes;
    }
}
