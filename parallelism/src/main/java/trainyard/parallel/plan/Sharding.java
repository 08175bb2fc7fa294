package trainyard.parallel.plan;

/**
 * What the data-parallel ranks share out among them instead of each holding a copy.
 *
 * @param zeroStage 0 nothing, 1 the optimizer state (Rajbhandari et al. 2020, section 5)
 */
public record Sharding(int zeroStage) {

    /** Every rank holds everything. */
    public static final Sharding NONE = new Sharding(0);

    public Sharding {
        if (zeroStage < 0 || zeroStage > 1) {
            throw new PlanException("zero", "zero " + zeroStage + " is not built; use 0 or 1");
        }
    }

    /** The given stage of ZeRO over all data-parallel ranks. */
    public static Sharding zero(int stage) {
        return new Sharding(stage);
    }
}
