package trainyard.scheduler.workload;

/** How often jobs come, as a function of time. They come independently of each other (a Poisson process of that rate). */
public interface ArrivalRate {

    /** Jobs a second at a time, 0 or more. */
    double perSecond(double seconds);

    /**
     * The highest rate up to a time; above all rates until then, and as little above them as is easily said.
     *
     * @param seconds above 0
     */
    double most(double seconds);

    /** The same rate at all times. */
    static ArrivalRate constant(double perSecond) {
        return new DailyRate(perSecond, 0, 0, 1);
    }
}
