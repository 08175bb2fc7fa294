package trainyard.scheduler.tco;

/**
 * What a demand costs: owned GPUs serve it first, then reserved ones, and what is left bursts to GPUs by the hour. All in US
 * dollars and GPU-hours over the whole curve.
 *
 * @param capex writing off what is bought
 * @param upkeep support and repairs
 * @param power electricity
 * @param staff people
 * @param reserved reserved GPUs
 * @param onDemand GPUs by the hour
 * @param spot spot instances, with the time that removals cost
 * @param egress data that leaves the cloud
 * @param use GPU-hours by who serves them
 */
public record Bill(
        double capex,
        double upkeep,
        double power,
        double staff,
        double reserved,
        double onDemand,
        double spot,
        double egress,
        Use use) {

    /**
     * Who serves the demand.
     *
     * @param owned GPU-hours on owned GPUs
     * @param reserved on reserved ones
     * @param burst on those by the hour
     * @param rentals how often a GPU by the hour is taken and given back
     */
    public record Use(double owned, double reserved, double burst, double rentals) {

        /** All of the demand. */
        public double gpuHours() {
            return owned + reserved + burst;
        }
    }

    /** The bill of a demand. */
    public static Bill of(DemandCurve demand, OwnedGpus owned, RentedGpus rented) {
        Use use = use(demand, owned.working(), rented.reserved());
        int hours = demand.hours();
        double ownedHours = (double) owned.gpus() * hours;
        double working = owned.working() * hours;
        double spotWork = rented.spot().share() * use.burst();
        return new Bill(
                ownedHours * owned.capexUsd(),
                ownedHours * owned.upkeepUsd(),
                use.owned() * owned.power().busyUsd()
                        + (working - use.owned()) * owned.power().idleUsd(),
                owned.gpus() == 0 ? 0 : hours * owned.staffUsdPerHour(),
                rented.reserved() * hours * rented.reservedUsd(),
                (use.burst() - spotWork) * rented.onDemandUsd(),
                spotWork * rented.spot().usdOfWork(),
                use.rentals() * rented.egressUsd(),
                use);
    }

    private static Use use(DemandCurve demand, double working, int reserved) {
        double ofOwned = 0;
        double ofReserved = 0;
        double burst = 0;
        double rentals = 0;
        double before = 0;
        for (int hour = 0; hour < demand.hours(); hour++) {
            double needed = demand.gpus(hour);
            double here = Math.min(needed, working);
            double there = Math.min(needed - here, reserved);
            double beyond = needed - here - there;
            ofOwned += here;
            ofReserved += there;
            burst += beyond;
            rentals += Math.max(0, beyond - before);
            before = beyond;
        }
        return new Use(ofOwned, ofReserved, burst, rentals);
    }

    /** The sum of its parts. */
    public double total() {
        return capex + upkeep + power + staff + reserved + onDemand + spot + egress;
    }
}
