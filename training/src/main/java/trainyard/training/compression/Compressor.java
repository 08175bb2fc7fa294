package trainyard.training.compression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * The senders of one run. With error feedback (Seide et al. 2014, 1-bit SGD; Karimireddy et al. 2019) a worker adds what its
 * messages lost so far to what it sends next, so nothing is lost for good: what arrived and what is remembered add up to the
 * sum of the gradients.
 */
public final class Compressor {
    private final Compression kind;
    private final List<ParameterBlock> blocks;
    private final boolean hasFeedback;
    private final Codec codec;
    private final Map<Integer, double[]> errors = new HashMap<>();
    private final int values;

    /**
     * @param kind how gradients are made smaller
     * @param blocks of the parameters
     * @param hasFeedback whether workers remember what was lost
     * @param streams of the run
     */
    public Compressor(Compression kind, List<ParameterBlock> blocks, boolean hasFeedback, RandomStreams streams) {
        this.kind = kind;
        this.blocks = List.copyOf(blocks);
        this.hasFeedback = hasFeedback;
        codec = kind.codec(this.blocks, streams);
        values = Math.toIntExact(Compression.values(blocks));
    }

    /** Size and work of each message, with the work of remembering. */
    public Message message() {
        Message message = kind.message(blocks);
        double touched = 6.0 * Compression.WORD * values;
        return hasFeedback ? message.withEncode(new Effort(touched, 2.0 * values)) : message;
    }

    /**
     * One worker sends alone, as to a parameter server.
     *
     * @param worker who, from 0
     * @param gradient not changed
     * @param arrived is overwritten with what the receiver reads
     */
    public void send(int worker, double[] gradient, double[] arrived) {
        double[] sent = withErrors(worker, gradient);
        codec.send(worker, sent, arrived);
        remember(worker, sent, arrived);
    }

    /**
     * Workers send together, as in an all-reduce.
     *
     * @param workers who, each once
     * @param gradients of each, not changed
     * @param mean is overwritten with what all of them get
     */
    public void mean(int[] workers, double[][] gradients, double[] mean) {
        double[][] sent = new double[workers.length][];
        for (int i = 0; i < workers.length; i++) {
            sent[i] = withErrors(workers[i], gradients[i]);
        }
        double[][] arrived = new double[workers.length][values];
        codec.sendTogether(workers, sent, arrived);
        for (int i = 0; i < values; i++) {
            double sum = 0;
            for (double[] part : arrived) {
                sum += part[i];
            }
            mean[i] = sum / workers.length;
        }
        for (int i = 0; i < workers.length; i++) {
            remember(workers[i], sent[i], arrived[i]);
        }
    }

    /** What a worker lost and has not sent since; zeros without error feedback. */
    public double[] error(int worker) {
        return errors.getOrDefault(worker, new double[values]).clone();
    }

    /** Forgets what a worker lost, as one does that starts anew. */
    public void forget(int worker) {
        errors.remove(worker);
    }

    private double[] withErrors(int worker, double[] gradient) {
        double[] error = errors.get(worker);
        if (error == null) {
            return gradient;
        }
        double[] sent = new double[values];
        for (int i = 0; i < values; i++) {
            sent[i] = gradient[i] + error[i];
        }
        return sent;
    }

    private void remember(int worker, double[] sent, double[] arrived) {
        if (!hasFeedback) {
            return;
        }
        double[] error = errors.computeIfAbsent(worker, key -> new double[values]);
        for (int i = 0; i < values; i++) {
            error[i] = sent[i] - arrived[i];
        }
    }
}
