package trainyard.scheduler.peer.gavel;

/**
 * What differs between Gavel and its fork in Shockwave.
 *
 * @param roundSeconds length of a round
 * @param leastSecondsBetweenDecisions before which shares are not decided anew
 * @param decidesWhenIdle whether that does not hold where nothing runs and nobody arrives any more
 * @param restartSeconds lost by a job that was not in the round before
 * @param leastSecondsThatLose slices of at most so many seconds lose nothing
 * @param forgivesShortSlices whether only a slice without steps and without time fails, not one of fewer steps than GPUs, and
 *     whether a job that was given up counts as complete
 */
public record GavelRules(
        double roundSeconds,
        double leastSecondsBetweenDecisions,
        boolean decidesWhenIdle,
        double restartSeconds,
        double leastSecondsThatLose,
        boolean forgivesShortSlices) {

    /** Those of Gavel. */
    public static final GavelRules GAVEL = new GavelRules(360, 1920, true, 0, 0, false);

    private static final double SHORT_OF_A_ROUND = 5;

    /** Those of the fork. */
    public static GavelRules shockwave(double roundSeconds, double restartSeconds) {
        return new GavelRules(roundSeconds, 1000, false, restartSeconds, roundSeconds - SHORT_OF_A_ROUND, true);
    }
}
