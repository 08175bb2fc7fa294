package trainyard.training.experiment;

import java.util.Comparator;

/**
 * What trial runs of one learning rate came to.
 *
 * @param rate the learning rate
 * @param seconds mean time to the target; a run that did not get there counts with the horizon (restricted mean)
 * @param loss mean loss at the end; infinite where a run diverged
 */
public record Trial(double rate, double seconds, double loss) {

    /** The better one first: sooner at the target, and of equals the lower loss. */
    static final Comparator<Trial> BEST_FIRST = Comparator.comparingDouble(Trial::seconds)
            .thenComparingDouble(Trial::loss)
            .thenComparingDouble(Trial::rate);
}
