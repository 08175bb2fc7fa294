package trainyard.training.run;

import java.util.Optional;
import trainyard.training.rule.Ledger;

/**
 * What a run came to.
 *
 * @param curve losses over time; ends before the first that is no number
 * @param ledger what was counted
 * @param seconds virtual time of the run
 * @param sentBytes bytes that went over the network
 * @param busyShare mean share of their time that workers computed
 * @param lost gradients that failures destroyed
 * @param divergence where training diverged, if it did
 * @param parameters those shown at the end
 */
public record TrainingOutcome(
        LossCurve curve,
        Ledger ledger,
        double seconds,
        double sentBytes,
        double busyShare,
        long lost,
        Optional<Divergence> divergence,
        double[] parameters) {

    /**
     * The first sign that training diverged.
     *
     * @param update number of the update
     * @param seconds virtual time
     * @param what such as {@code a parameter is no number}
     */
    public record Divergence(long update, double seconds, String what) {}
}
