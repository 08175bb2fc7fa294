package trainyard.scheduler.tco;

/**
 * GPUs that are bought.
 *
 * @param gpus how many, 0 or more
 * @param usdPerGpu to buy one, with its share of server, network and storage; written off evenly over its life
 * @param lifeHours after which it is bought anew, above 0
 * @param upkeepPerHour share of the price that support and repairs cost in an hour
 * @param power what it draws
 * @param staffUsdPerHour people, however many GPUs there are; nobody where there are none
 * @param availability share of them that works in the mean, above 0 and at most 1
 */
public record OwnedGpus(
        int gpus,
        double usdPerGpu,
        double lifeHours,
        double upkeepPerHour,
        Power power,
        double staffUsdPerHour,
        double availability) {

    /**
     * What electricity costs.
     *
     * @param busyKilowatts of a GPU that is used, with its share of the server
     * @param idleKilowatts of one that is not
     * @param pue power of the building over that of the machines (power usage effectiveness), 1 or more
     * @param usdPerKilowattHour price of energy
     */
    public record Power(double busyKilowatts, double idleKilowatts, double pue, double usdPerKilowattHour) {

        /** Of a GPU that works for an hour. */
        double busyUsd() {
            return busyKilowatts * pue * usdPerKilowattHour;
        }

        /** Of a GPU that stands idle for an hour. */
        double idleUsd() {
            return idleKilowatts * pue * usdPerKilowattHour;
        }
    }

    public OwnedGpus {
        if (gpus < 0 || !(lifeHours > 0) || !(availability > 0 && availability <= 1)) {
            throw new IllegalArgumentException(
                    "GPUs are 0 or more, a life is above 0 and availability within 0 and 1, got " + gpus + ", "
                            + lifeHours + " h and " + availability);
        }
    }

    /** GPUs that work in the mean. */
    double working() {
        return gpus * availability;
    }

    /** Writing off a GPU for an hour. */
    double capexUsd() {
        return usdPerGpu / lifeHours;
    }

    /** Upkeep of a GPU for an hour. */
    double upkeepUsd() {
        return usdPerGpu * upkeepPerHour;
    }
}
