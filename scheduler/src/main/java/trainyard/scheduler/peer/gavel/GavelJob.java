package trainyard.scheduler.peer.gavel;

import java.util.Objects;

/**
 * A job of Gavel.
 *
 * @param type what it trains, the key of the table of throughputs
 * @param steps that it has to do, at least 1
 * @param gpus at least 1
 * @param weight of its share
 * @param arrivalSeconds when it is submitted
 * @param mode how its batch size changes
 */
public record GavelJob(String type, long steps, int gpus, double weight, double arrivalSeconds, Mode mode) {

    /** How a batch size changes while a job trains. */
    public enum Mode {
        /** Not at all. */
        STATIC,
        /** Large except in epochs in which gradients change quickly (Agarwal et al., Accordion, MLSys 2021). */
        ACCORDION,
        /** Doubled as the noise of gradients grows (McCandlish et al., 2018). */
        GNS
    }

    public GavelJob {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(mode, "mode");
        if (steps < 1 || gpus < 1 || !(weight > 0) || !(arrivalSeconds >= 0)) {
            throw new IllegalArgumentException("job of type " + type + " needs steps, GPUs and a weight above 0, got "
                    + steps + ", " + gpus + " and " + weight + ", arrival " + arrivalSeconds + " s");
        }
    }
}
