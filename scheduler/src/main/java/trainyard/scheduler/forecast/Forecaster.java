package trainyard.scheduler.forecast;

/** Goes on from what was wanted day by day. */
public interface Forecaster {

    /** Days of history that every forecaster needs: three weeks. */
    int LEAST_DAYS = 21;

    /**
     * The days that follow.
     *
     * @param history at least {@link #LEAST_DAYS} of them
     * @param days how many, 1 or more
     * @param level probability with which a day lies within its band, above 0 and below 1
     * @throws UnfitHistoryException if nothing can be made of the history
     */
    DemandForecast forecast(DailyDemand history, int days, double level);

    /** Factor by which the demand grows from one day to the next; 1 where the forecaster knows no growth. */
    default double growthPerDay(DailyDemand history) {
        return 1;
    }
}
