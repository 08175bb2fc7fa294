package trainyard.faults.cause;

/**
 * Parts that are not as good as new after a repair: after its n-th fault the mean time to the next one of a component is
 * {@code max(least, ratio^n)} of that to its first. Of the nodes that SuperBench watched (Xiong et al., USENIX ATC 2024) the
 * first incident came after 719 h in the mean, the twentieth 152 h after the one before: a ratio of 0.921.
 *
 * @param ratio mean time to the next fault over that to the one before, in (0, 1]
 * @param least share below which it does not fall, in (0, 1]; without a floor faults would pile up in a finite time
 */
public record Wear(double ratio, double least) {

    public Wear {
        if (!(ratio > 0 && ratio <= 1 && least > 0 && least <= 1)) {
            throw new IllegalArgumentException(
                    "the ratio of wear and its floor must lie in (0, 1], got " + ratio + " and " + least);
        }
    }

    /** Share of the time to the first fault that is left after a number of faults. */
    public double share(int faults) {
        return Math.max(least, StrictMath.pow(ratio, faults));
    }
}
