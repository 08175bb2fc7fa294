package trainyard.parallel.step.price;

/**
 * How much longer kernels take than on the mean GPU at full speed, for ranks that work in lockstep.
 *
 * @param slowest kernel time of the slowest healthy GPU of the job over the mean
 * @param straggler kernel time of the rank at the lowest speed over that at full speed; the others wait for it
 * @param mean mean over the ranks of the same
 */
public record LockstepPace(double slowest, double straggler, double mean) {

    /** Ranks at full speed. */
    static LockstepPace healthy(double slowest) {
        return new LockstepPace(slowest, 1, 1);
    }
}
