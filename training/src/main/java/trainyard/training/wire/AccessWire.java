package trainyard.training.wire;

import trainyard.training.clock.Alarms;

/**
 * Workers behind access links of their own. A message passes the sender's link, the network behind it, and the receiver's link,
 * one after the other (store and forward); messages of one link and way follow each other. A collective of P workers takes a ring
 * on their links first: {@code 2 (P - 1)} steps of a P-th of the bytes at the pace of the slowest, half of them where it gathers.
 */
public final class AccessWire implements Wire {
    private static final int PRIORITY = 0;

    private final Alarms alarms;
    private final Wire behind;
    private final AccessLinks links;
    private final double[] upFreeAt;
    private final double[] downFreeAt;

    /**
     * @param behind the network that the links lead to
     */
    public AccessWire(Alarms alarms, Wire behind, AccessLinks links, int workers) {
        this.alarms = alarms;
        this.behind = behind;
        this.links = links;
        upFreeAt = new double[workers];
        downFreeAt = new double[workers];
    }

    @Override
    public void push(int worker, double bytes, Runnable arrived) {
        up(worker, bytes, () -> behind.push(worker, bytes, arrived));
    }

    @Override
    public void pull(int worker, double bytes, Runnable arrived) {
        behind.pull(worker, bytes, () -> down(worker, bytes, arrived));
    }

    @Override
    public void send(int from, int to, double bytes, Runnable arrived) {
        up(from, bytes, () -> behind.send(from, to, bytes, () -> down(to, bytes, arrived)));
    }

    private void up(int worker, double bytes, Runnable arrived) {
        take(upFreeAt, worker, links.upSeconds(worker, bytes), arrived);
    }

    private void down(int worker, double bytes, Runnable arrived) {
        take(downFreeAt, worker, links.downSeconds(worker, bytes), arrived);
    }

    private void take(double[] freeAt, int worker, double seconds, Runnable arrived) {
        double now = alarms.seconds();
        freeAt[worker] = Math.max(now, freeAt[worker]) + seconds;
        alarms.after(freeAt[worker] - now + links.latencySeconds(), PRIORITY, arrived);
    }

    @Override
    public void allReduce(int workers, double bytes, Runnable done) {
        ring(workers, 2 * (workers - 1), bytes / workers, () -> behind.allReduce(workers, bytes, done));
    }

    @Override
    public void allGather(int workers, double bytesEach, Runnable done) {
        ring(workers, workers - 1, bytesEach, () -> behind.allGather(workers, bytesEach, done));
    }

    private void ring(int workers, int steps, double bytesOfStep, Runnable done) {
        double slowest = 0;
        for (int worker = 0; worker < workers; worker++) {
            slowest = Math.max(slowest, links.upSeconds(worker, bytesOfStep));
            slowest = Math.max(slowest, links.downSeconds(worker, bytesOfStep));
        }
        alarms.after(steps * (slowest + links.latencySeconds()), PRIORITY, done);
    }

    @Override
    public double sentBytes() {
        return behind.sentBytes();
    }
}
