package trainyard.scheduler.tco;

/**
 * From which use on an owned GPU is cheaper than one rented by the hour, in closed form. An owned GPU costs {@code a} an hour
 * whether it is used or not (written off, upkeep, idle power) and {@code e} more while it is used (busy power less idle power); a
 * rented one costs {@code r} while it is used, without egress. They cost the same at the use {@code u = a / (r - e)}.
 *
 * @param owned what owning costs
 * @param rented what renting costs
 */
public record BreakEvenUse(OwnedGpus owned, RentedGpus rented) {

    /**
     * Of all owned GPUs together, staff included: share of the working ones that has to be used. Above 1: renting is always
     * cheaper; infinite where a rented GPU costs less than the power of an owned one, or none is owned.
     */
    public double ofAll() {
        double staff = owned.gpus() == 0 ? Double.POSITIVE_INFINITY : owned.staffUsdPerHour() / owned.gpus();
        return use(staff);
    }

    /** Of one GPU more, whose staff is there already. */
    public double ofOneMore() {
        return use(0);
    }

    private double use(double staffUsd) {
        double idle = owned.power().idleUsd();
        double fixed = (owned.capexUsd() + owned.upkeepUsd() + staffUsd) / owned.availability() + idle;
        double saved = rented.burstUsd() - (owned.power().busyUsd() - idle);
        return saved > 0 ? fixed / saved : Double.POSITIVE_INFINITY;
    }

    /**
     * How many GPUs to own for the least cost, staff and egress aside: the last one whose use is at least that of one more at
     * break-even. Each GPU is used only when all before it are, so its use falls with its number, and the first one below is where
     * to stop.
     */
    public int bestOwned(DemandCurve demand) {
        double least = ofOneMore();
        int low = 0;
        int high = (int) Math.ceil(demand.most());
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (demand.useOfGpu(middle - 1) >= least) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return (int) Math.round(low / owned.availability());
    }
}
