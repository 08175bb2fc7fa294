package trainyard.faults.checkpoint;

import java.util.Objects;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;

/**
 * What becomes of a state that is wrong without anybody knowing.
 *
 * @param notice seconds until it is noticed where no check finds it, such as by a loss that does not fall
 * @param ends whether the job ends where no right snapshot is left; else it starts again from step 0
 */
public record Corruption(Distribution notice, boolean ends) {

    /** Nobody ever notices. */
    public static final Corruption UNNOTICED = new Corruption(new Fixed(Double.MAX_VALUE), false);

    public Corruption {
        Objects.requireNonNull(notice, "notice");
    }
}
