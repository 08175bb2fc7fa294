package trainyard.training.rule;

import trainyard.training.clock.Alarms;
import trainyard.training.clock.Slowness;
import trainyard.training.compression.Message;
import trainyard.training.gradient.Compressing;
import trainyard.training.wire.Wire;

/**
 * How long what workers send is on its way: made smaller, moved, taken in. Where a run stands for a larger model, by more bytes
 * a parameter than its own, compressed bytes and work grow alike.
 */
public final class GradientTransfer {
    private static final int PRIORITY = 0;

    private final Alarms alarms;
    private final Wire wire;
    private final Cost cost;
    private final double serverSeconds;
    private final Slowness slowness;
    private double serverFreeAt;

    /**
     * One message.
     *
     * @param bytes on the wire
     * @param isLinear whether messages can be added on their way
     * @param rounds collectives that share the bytes
     * @param encodeSeconds before it is sent
     * @param decodeSeconds for each that arrives, or for the one sum
     */
    public record Cost(double bytes, boolean isLinear, int rounds, double encodeSeconds, double decodeSeconds) {

        /** A message as it is. */
        static Cost dense(double bytes) {
            return new Cost(bytes, true, 1, 0, 0);
        }

        /**
         * @param scale by which the model that a run stands for is larger than its own
         */
        static Cost of(Message message, Compressing compressing, double scale) {
            return new Cost(
                    message.bytes() * scale,
                    message.isLinear(),
                    message.rounds(),
                    compressing.seconds(message.encode()) * scale,
                    compressing.seconds(message.decode()) * scale);
        }
    }

    /**
     * @param slowness of the cores: a server takes as much longer for a gradient as the core of its worker, which it has while that waits
     */
    GradientTransfer(Alarms alarms, Wire wire, Cost cost, double serverSeconds, Slowness slowness) {
        this.alarms = alarms;
        this.wire = wire;
        this.cost = cost;
        this.serverSeconds = serverSeconds;
        this.slowness = slowness;
    }

    /** Sends from a worker to the servers, which take in what arrives one after the other. */
    public void push(int worker, Runnable done) {
        after(cost.encodeSeconds(), () -> wire.push(worker, cost.bytes(), () -> serve(worker, done)));
    }

    private void serve(int worker, Runnable done) {
        double seconds = serverSeconds * slowness.core(worker) + cost.decodeSeconds();
        if (seconds == 0) {
            done.run();
            return;
        }
        serverFreeAt = Math.max(alarms.seconds(), serverFreeAt) + seconds;
        alarms.after(serverFreeAt - alarms.seconds(), PRIORITY, done);
    }

    /** Brings together what the workers have: a sum where messages can be added, else each gets all and adds. */
    public void reduce(int workers, Runnable done) {
        double decoded = cost.decodeSeconds() * (cost.isLinear() ? 1 : workers);
        after(cost.encodeSeconds(), () -> rounds(workers, cost.rounds(), () -> after(decoded, done)));
    }

    private void rounds(int workers, int left, Runnable done) {
        Runnable next = left == 1 ? done : () -> rounds(workers, left - 1, done);
        double bytes = cost.bytes() / cost.rounds();
        if (cost.isLinear()) {
            wire.allReduce(workers, bytes, next);
        } else {
            wire.allGather(workers, bytes, next);
        }
    }

    private void after(double seconds, Runnable code) {
        if (seconds == 0) {
            code.run();
        } else {
            alarms.after(seconds, PRIORITY, code);
        }
    }
}
