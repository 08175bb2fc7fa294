package trainyard.scheduler.tco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.tco.RentedGpus.Spot;
import trainyard.scheduler.workload.DailyRate;
import trainyard.sim.engine.SimTime;

class BillTest {

    private static final double EXACT = 1e-9;
    private static final OwnedGpus.Power POWER = new OwnedGpus.Power(1, 0.4, 1.5, 0.1);
    private static final OwnedGpus OWNED = new OwnedGpus(2, 1_000, 100, 0.001, POWER, 3, 1);
    private static final RentedGpus RENTED = new RentedGpus(20, 1, 8, new Spot(0.25, 6, 0.2), 0.5);

    /** Needs of 1, 3, 6 and 2 GPUs; two are owned, one is reserved. */
    private static final DemandCurve FOUR_HOURS =
            DemandCurve.of(4, hour -> List.of(1, 3, 6, 2).get(hour));

    private static ClusterJob job(double submit, int gpus, double hours) {
        return ClusterJob.of("j" + submit, SimTime.nanos(submit * 3600), gpus, SimTime.nanos(hours * 3600));
    }

    @Test
    void aBillOfFourHoursIsThatCountedByHand() {
        Bill bill = Bill.of(FOUR_HOURS, OWNED, RENTED);

        // 1 + 2 + 2 + 2 on owned GPUs, 0 + 1 + 1 + 0 on the reserved one, 3 beyond in the third hour.
        assertEquals(new Bill.Use(7, 2, 3, 3), bill.use());
        assertEquals(8 * 1_000 / 100.0, bill.capex(), EXACT);
        assertEquals(8 * 1.0, bill.upkeep(), EXACT);
        assertEquals(7 * 0.15 + 1 * 0.06, bill.power(), EXACT);
        assertEquals(4 * 3.0, bill.staff(), EXACT);
        assertEquals(4 * 8.0, bill.reserved(), EXACT);
        assertEquals(2.25 * 20, bill.onDemand(), EXACT);
        assertEquals(0.75 * 6 / 0.8, bill.spot(), EXACT);
        assertEquals(1.5, bill.egress(), EXACT);
        assertEquals(80 + 8 + 1.11 + 12 + 32 + 45 + 5.625 + 1.5, bill.total(), EXACT);
    }

    /** 3 beyond for two hours, then none, then 2: what stays rented moves its data once. */
    @Test
    void whatStaysRentedIsRentedOnce() {
        DemandCurve demand = DemandCurve.of(4, hour -> List.of(6, 6, 0, 5).get(hour));

        assertEquals(new Bill.Use(6, 3, 8, 5), Bill.of(demand, OWNED, RENTED).use());
    }

    @Test
    void nobodyIsPaidWhereNothingIsOwned() {
        OwnedGpus none = new OwnedGpus(0, 1_000, 100, 0.001, POWER, 3, 1);

        assertEquals(0, Bill.of(FOUR_HOURS, none, RENTED).staff());
        assertEquals(Double.POSITIVE_INFINITY, new BreakEvenUse(none, RENTED).ofAll());
    }

    /** Whoever serves it, the whole demand is served, and the parts add up. */
    @Test
    void billsOfRandomDemandsAddUp() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            DemandCurve demand = DemandCurve.of(1 + random.nextInt(400), hour -> random.nextDouble(100));
            OwnedGpus owned = new OwnedGpus(
                    random.nextInt(120),
                    random.nextDouble(40_000),
                    30_000,
                    1e-5,
                    POWER,
                    20,
                    0.5 + random.nextDouble(0.5));
            RentedGpus rented = new RentedGpus(
                    random.nextDouble(9),
                    random.nextInt(30),
                    2,
                    new Spot(random.nextDouble(), 1, random.nextDouble(0.9)),
                    3);
            Bill bill = Bill.of(demand, owned, rented);

            assertEquals(demand.gpuHours(), bill.use().gpuHours(), 1e-6 * (1 + demand.gpuHours()));
            assertTrue(bill.use().owned() <= owned.gpus() * owned.availability() * demand.hours() + 1e-6);
            double rentedUsd = bill.reserved() + bill.onDemand() + bill.spot() + bill.egress();
            double ownedUsd = bill.capex() + bill.upkeep() + bill.power() + bill.staff();
            assertEquals(bill.total(), rentedUsd + ownedUsd, 1e-9 * bill.total());
        }
    }

    @Test
    void atBreakEvenOwningAndRentingCostTheSame() {
        RentedGpus cloud = new RentedGpus(20, 0, 0, new Spot(0.25, 6, 0.2), 0);
        for (double availability : new double[] {1, 0.9}) {
            OwnedGpus owned = new OwnedGpus(10, 1_000, 100, 0.001, POWER, 3, availability);
            double use = new BreakEvenUse(owned, cloud).ofAll();
            DemandCurve demand = DemandCurve.of(1_000, hour -> use * 10 * availability);
            OwnedGpus none = new OwnedGpus(0, 1_000, 100, 0.001, POWER, 3, availability);

            double rent = Bill.of(demand, none, cloud).total();
            assertEquals(rent, Bill.of(demand, owned, cloud).total(), 1e-9 * rent);
        }
    }

    /** Nine of ten work, so that 90 that are always needed take 100. */
    @Test
    void whatIsBrokenIsOwnedBesides() {
        OwnedGpus owned = new OwnedGpus(10, 1_000, 100, 0.001, POWER, 3, 0.9);
        RentedGpus cloud = new RentedGpus(20, 0, 0, Spot.NONE, 0);

        assertEquals(100, new BreakEvenUse(owned, cloud).bestOwned(DemandCurve.of(50, hour -> 90)));
    }

    /** The closed form of the best size finds what trying every size finds. */
    @Test
    void theBestSizeIsThatOfTryingAll() {
        RentedGpus cloud = new RentedGpus(20, 0, 0, Spot.NONE, 0);
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 50; round++) {
            DemandCurve demand = DemandCurve.of(200, hour -> random.nextInt(60));
            OwnedGpus one = new OwnedGpus(1, 100 + random.nextDouble(2_000), 100, 0, POWER, 0, 1);
            int best = new BreakEvenUse(one, cloud).bestOwned(demand);
            double least = cost(demand, one, cloud, best);
            for (int gpus = 0; gpus <= 61; gpus++) {
                assertTrue(least <= cost(demand, one, cloud, gpus) * (1 + 1e-12), best + " against " + gpus);
            }
        }
    }

    private static double cost(DemandCurve demand, OwnedGpus like, RentedGpus cloud, int gpus) {
        return Bill.of(demand, new OwnedGpus(gpus, like.usdPerGpu(), 100, 0, POWER, 0, 1), cloud)
                .total();
    }

    @Test
    void aListOfJobsNeedsItsGpuTimeAndNoMore() {
        // Half of hour 0 and half of hour 1 on 4 GPUs, then a job that runs beyond the week and comes round to its
        // start.
        DemandCurve demand = DemandCurve.weeksOf(List.of(job(0, 2, 0.5), job(0.5, 4, 1), job(167.5, 8, 1)));

        assertEquals(168, demand.hours());
        assertEquals(2 * 0.5 + 4 * 0.5 + 8 * 0.5, demand.gpus(0), EXACT);
        assertEquals(2, demand.gpus(1), EXACT);
        assertEquals(4, demand.gpus(167), EXACT);
        assertEquals(1 + 4 + 8, demand.gpuHours(), EXACT);
    }

    @Test
    void demandGrowsByTheYear() {
        DemandCurve level = DemandCurve.of(1, hour -> 10).repeated(3 * 8_760, 0.5);

        assertEquals(10, level.gpus(0), EXACT);
        assertEquals(15, level.gpus(8_760), EXACT);
        assertEquals(22.5, level.gpus(2 * 8_760), EXACT);
        assertEquals(30, DemandCurve.of(1, hour -> 10).times(3).most(), EXACT);
    }

    @Test
    void aWeekHasTheMeanThatIsAskedFor() {
        DemandCurve week = DemandCurve.week(50, new DailyRate(1, 0.5, 14 * 3_600, 0.2));

        assertEquals(50, week.mean(), EXACT);
        assertTrue(week.gpus(14) > 2.5 * week.gpus(2));
        assertEquals(0.2, week.gpus(5 * 24 + 14) / week.gpus(14), EXACT);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> DemandCurve.of(2, hour -> -1));
        assertThrows(IllegalArgumentException.class, () -> new Spot(0.5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new OwnedGpus(1, 1, 1, 0, POWER, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RentedGpus(1, -1, 1, Spot.NONE, 0));
    }
}
