package trainyard.scenario.workload.tco;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.section.tco.TcoSection;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.tco.Bill;
import trainyard.scheduler.tco.BreakEvenUse;
import trainyard.sim.units.Dimension;

/** The numbers of a total cost of ownership. */
final class TcoMetrics {

    private static final double HOUR = 3_600;

    static final Metric COST = usd("cost", "All that the demand costs over the horizon.");
    static final Metric CAPEX = usd("cost.capex", "Writing off the owned GPUs, servers and network.");
    static final Metric UPKEEP = usd("cost.upkeep", "Support and repairs of what is owned.");
    static final Metric POWER = usd("cost.power", "Electricity of what is owned, cooling included.");
    static final Metric STAFF = usd("cost.staff", "People who run what is owned.");
    static final Metric RESERVED = usd("cost.reserved", "GPUs that are reserved, used or not.");
    static final Metric ON_DEMAND = usd("cost.on-demand", "GPUs by the hour.");
    static final Metric SPOT = usd("cost.spot", "Spot instances, the time that removals cost included.");
    static final Metric EGRESS = usd("cost.egress", "Data that leaves the cloud.");
    static final Metric PER_GPU_HOUR = new Metric(
            "cost-per-gpu-hour",
            Dimension.MONEY_PER_GPU_TIME,
            "USD/GPU-hour",
            1 / HOUR,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "All costs over the GPU time that is needed.");
    static final Metric USE_OF_OWNED = Metrics.share(
            "owned-utilization",
            Better.HIGHER,
            "GPU time that the demand takes of the owned GPUs, over all of theirs that works.");
    static final Metric BURST_SHARE = Metrics.share(
            "burst-share", Better.NEITHER, "Share of the GPU time that is needed which GPUs by the hour serve.");
    static final Metric RENTALS = new Metric(
            "rentals",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "How often a GPU by the hour is taken and given back.");
    static final Metric MEAN = gpus("demand.mean", "GPUs needed in the mean over the horizon.");
    static final Metric MOST = gpus("demand.most", "Most GPUs that an hour needs.");
    static final Metric BREAK_EVEN = Metrics.ratio(
            "break-even-utilization",
            Better.LOWER,
            "Use of the owned GPUs from which on owning them all, staff included, costs less than renting by the hour, in closed form,"
                    + " without egress: fixed costs of an hour / (price of a rented GPU - extra power of a busy one).");
    static final Metric BREAK_EVEN_OF_ONE = Metrics.ratio(
            "break-even-utilization.marginal", Better.LOWER, "The same of one GPU more, whose staff is there already.");
    static final Metric BEST_OWNED = gpus(
            "best-owned",
            "GPUs to own for the least cost in closed form, staff and egress aside: as long as the next one would be used for the share"
                    + " that breaks even. Of the demand without reserved GPUs.");

    /** A value for each hour. */
    static final Metric DEMAND = gpus("demand", "GPUs needed, in the mean over an hour.");
    /** Over time. */
    static final Metric SERVED = Metrics.count(
            "served-gpus", Better.NEITHER, "GPUs that serve the demand, by whose they are, in the mean over a week.");

    private static final List<Metric> PARTS = List.of(CAPEX, UPKEEP, POWER, STAFF, RESERVED, ON_DEMAND, SPOT, EGRESS);

    private TcoMetrics() {}

    static List<Metric> all() {
        return List.of(
                COST,
                CAPEX,
                UPKEEP,
                POWER,
                STAFF,
                RESERVED,
                ON_DEMAND,
                SPOT,
                EGRESS,
                PER_GPU_HOUR,
                USE_OF_OWNED,
                BURST_SHARE,
                RENTALS,
                MEAN,
                MOST,
                BREAK_EVEN,
                BREAK_EVEN_OF_ONE,
                BEST_OWNED);
    }

    /** The parts of the cost. */
    static List<Metric> parts() {
        return PARTS;
    }

    static Map<Metric, Double> of(TcoSection.Question question) {
        Bill bill = Bill.of(question.demand(), question.owned(), question.rented());
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        numbers.put(COST, bill.total());
        numbers.put(CAPEX, bill.capex());
        numbers.put(UPKEEP, bill.upkeep());
        numbers.put(POWER, bill.power());
        numbers.put(STAFF, bill.staff());
        numbers.put(RESERVED, bill.reserved());
        numbers.put(ON_DEMAND, bill.onDemand());
        numbers.put(SPOT, bill.spot());
        numbers.put(EGRESS, bill.egress());
        numbers.put(RENTALS, bill.use().rentals());
        numbers.put(MEAN, question.demand().mean());
        numbers.put(MOST, question.demand().most());
        putShares(question, bill, numbers);
        putBreakEven(question, numbers);
        return numbers;
    }

    private static void putShares(TcoSection.Question question, Bill bill, Map<Metric, Double> numbers) {
        double needed = question.demand().gpuHours();
        double working = question.owned().gpus()
                * question.owned().availability()
                * question.demand().hours();
        if (needed > 0) {
            numbers.put(PER_GPU_HOUR, bill.total() / needed / HOUR);
            numbers.put(BURST_SHARE, bill.use().burst() / needed);
        }
        if (working > 0) {
            numbers.put(USE_OF_OWNED, bill.use().owned() / working);
        }
    }

    private static void putBreakEven(TcoSection.Question question, Map<Metric, Double> numbers) {
        BreakEvenUse even = new BreakEvenUse(question.owned(), question.rented());
        if (Double.isFinite(even.ofAll())) {
            numbers.put(BREAK_EVEN, even.ofAll());
        }
        if (Double.isFinite(even.ofOneMore())) {
            numbers.put(BREAK_EVEN_OF_ONE, even.ofOneMore());
        }
        numbers.put(BEST_OWNED, (double) even.bestOwned(question.demand()));
    }

    private static Metric usd(String name, String doc) {
        return new Metric(name, Dimension.MONEY, "USD", 1, Bounds.NOT_NEGATIVE, Better.LOWER, doc);
    }

    private static Metric gpus(String name, String doc) {
        return new Metric(name, Dimension.NUMBER, "GPUs", 1, Bounds.NOT_NEGATIVE, Better.NEITHER, doc);
    }
}
