package trainyard.scheduler.tco;

/**
 * GPUs that are rented: reserved ones for the whole time, then others by the hour, some of them spot.
 *
 * @param onDemandUsd a GPU for an hour
 * @param reserved GPUs that are paid whether they are used or not, 0 or more
 * @param reservedUsd one of them for an hour
 * @param spot those that may be taken away
 * @param egressUsd what leaves the cloud whenever a GPU by the hour is given back: price of a byte times bytes
 */
public record RentedGpus(double onDemandUsd, int reserved, double reservedUsd, Spot spot, double egressUsd) {

    /**
     * Spot instances.
     *
     * @param share of the work beyond owned and reserved GPUs that may run on them
     * @param usd a GPU for an hour
     * @param lost share of the paid time that is lost to removals, below 1
     */
    public record Spot(double share, double usd, double lost) {

        /** No spot instances. */
        public static final Spot NONE = new Spot(0, 0, 0);

        public Spot {
            if (!(share >= 0 && share <= 1) || !(lost >= 0 && lost < 1)) {
                throw new IllegalArgumentException("shares are within 0 and 1, got " + share + " and " + lost);
            }
        }

        /** What an hour of work comes to: {@code price / (1 - lost share)}. */
        double usdOfWork() {
            return usd / (1 - lost);
        }
    }

    public RentedGpus {
        if (reserved < 0) {
            throw new IllegalArgumentException("reserved GPUs are 0 or more, got " + reserved);
        }
    }

    /** A GPU-hour of work beyond owned and reserved GPUs, without egress. */
    double burstUsd() {
        return spot.share() * spot.usdOfWork() + (1 - spot.share()) * onDemandUsd;
    }
}
