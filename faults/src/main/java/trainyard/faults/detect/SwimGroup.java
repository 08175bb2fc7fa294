package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.detect.DetectorOutcome.Detection;
import trainyard.faults.detect.News.Status;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link SwimSimulation}. A ping and all that follows from it take no time. */
final class SwimGroup {

    private static final int CRASH_FIRST = 0;
    private static final int THEN = 1;
    private static final int NOBODY = -1;

    /** Tries to find a node that is not held for dead; more are not needed, since few are. */
    private static final int DRAWS = 16;

    private final SwimSimulation design;
    private final Simulation simulation = new Simulation();
    private final Timeline timeline = new Timeline(simulation);
    private final UniformRandomProvider random;
    private final GossipNode[] nodes;
    private final Beliefs beliefs;
    private final int[] generation;
    /** What the message under way carries; one is on its way at a time. */
    private final List<News> news = new ArrayList<>();

    private final Set<News> declared = new HashSet<>();
    private final Set<News> suspected = new HashSet<>();
    private final List<Detection> detections = new ArrayList<>();
    private int crashes;
    private int crashed = NOBODY;
    private long crashNanos;
    /** Since when somebody holds the crashed node for dead; of no meaning where nobody does. */
    private long noticedNanos;
    /** Live nodes that hold the crashed one for dead. */
    private int knowing;
    /** Ends the wait for the news to reach all. */
    private long spreading;

    private long sent;
    private long received;
    private long messagesOfBusiest;
    private final long[] messages;
    private long falseAlarms;
    private long falseSuspicions;
    private double downSeconds;

    SwimGroup(SwimSimulation design, RandomStreams streams) {
        this.design = design;
        random = streams.stream("swim");
        int count = design.watch().nodes();
        int passes = SwimSimulation.passes(count);
        nodes = new GossipNode[count];
        beliefs = new Beliefs(count);
        generation = new int[count];
        messages = new long[count];
        for (int node = 0; node < count; node++) {
            nodes[node] = new GossipNode(passes);
        }
    }

    DetectorOutcome run() {
        long[] starts = random.longs(nodes.length, 0, design.periodNanos()).toArray();
        if (design.watch().crashes() > 0) {
            timeline.after(pause(), CRASH_FIRST, this::crash);
        }
        pingInTurn(starts);
        simulation.runUntil(design.watch().nanos());
        double seconds = SimTime.seconds(design.watch().nanos());
        for (long of : messages) {
            messagesOfBusiest = Math.max(messagesOfBusiest, of);
        }
        return new DetectorOutcome(
                detections,
                falseAlarms,
                falseSuspicions,
                seconds * nodes.length - downSeconds,
                messagesOfBusiest / seconds,
                (sent + received) / seconds / nodes.length);
    }

    /** Nodes ping in the same turn in each period, so that nobody has to look which of them is next. */
    private void pingInTurn(long[] starts) {
        int[] turn = IntStream.range(0, nodes.length)
                .boxed()
                .sorted(Comparator.comparingLong(node -> starts[node]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (long period = 0; period <= design.watch().nanos(); period += design.periodNanos()) {
            for (int node : turn) {
                if (period + starts[node] > design.watch().nanos()) {
                    return;
                }
                simulation.runUntil(period + starts[node]);
                ping(node);
            }
        }
    }

    private long pause() {
        return design.periodNanos() + random.nextLong(design.periodNanos());
    }

    private void ping(int node) {
        if (node == crashed) {
            return;
        }
        int target = other(node);
        if (message(node, target) && message(target, node)) {
            return;
        }
        boolean answered = false;
        for (int i = 0; i < design.indirect(); i++) {
            int helper = other(node);
            answered |= helper != target
                    && message(node, helper)
                    && message(helper, target)
                    && message(target, helper)
                    && message(helper, node);
        }
        if (!answered) {
            int life = generation[target];
            timeline.after(design.periodNanos(), THEN, now -> suspect(node, target, life));
        }
    }

    /** A random node that this one does not hold for dead. */
    private int other(int node) {
        int found = node;
        for (int i = 0; i < DRAWS; i++) {
            found = random.nextInt(nodes.length - 1);
            found += found >= node ? 1 : 0;
            if (!beliefs.holdsDead(node, found)) {
                break;
            }
        }
        return found;
    }

    /** One message with the news that ride on it; returns whether it arrived. */
    private boolean message(int from, int to) {
        if (from == crashed) {
            return false;
        }
        sent++;
        messages[from]++;
        nodes[from].write(news);
        if (to == crashed || random.nextDouble() < design.loss()) {
            return false;
        }
        received++;
        messages[to]++;
        for (int i = 0; i < news.size(); i++) {
            learn(to, news.get(i));
        }
        return true;
    }

    private void suspect(int node, int target, int life) {
        News belief = beliefs.of(node, target);
        if (node == crashed || generation[target] != life || belief.status() != Status.ALIVE) {
            return;
        }
        News suspicion = belief.as(Status.SUSPECT);
        if (target != crashed && suspected.add(suspicion)) {
            falseSuspicions++;
        }
        learn(node, suspicion);
    }

    private void learn(int node, News news) {
        boolean knew = beliefs.holdsDead(node, news.subject());
        if (!beliefs.learn(node, news)) {
            return;
        }
        nodes[node].passOn(news);
        if (news.subject() == node && news.status() != Status.ALIVE) {
            learn(node, new News(node, Status.ALIVE, news.incarnation() + 1));
        } else if (news.status() == Status.SUSPECT) {
            timeline.after(design.suspicionNanos(), THEN, now -> giveUp(node, news));
        }
        if (news.subject() == crashed && knew != (news.status() == Status.DEAD)) {
            know(knowing + (knew ? -1 : 1));
        }
    }

    /**
     * So many hold the crashed node for dead from now on. It may be fewer than before: what the node said against a wrong suspicion before
     * it crashed may still reach one that gave it up.
     */
    private void know(int count) {
        int before = knowing;
        knowing = count;
        if (before == 0 && count > 0) {
            noticedNanos = simulation.now();
            spreading = timeline.after(spreadLimit(), CRASH_FIRST, now -> comeBack(now, Double.POSITIVE_INFINITY));
        } else if (before > 0 && count == 0) {
            timeline.cancel(spreading);
        }
        if (count == nodes.length - 1) {
            timeline.cancel(spreading);
            comeBack(simulation.now(), SimTime.seconds(simulation.now() - noticedNanos));
        }
    }

    /** The suspicion time of one node is over without a contradiction. */
    private void giveUp(int node, News suspicion) {
        if (node == crashed || !beliefs.of(node, suspicion.subject()).equals(suspicion)) {
            return;
        }
        News death = suspicion.as(Status.DEAD);
        if (suspicion.subject() != crashed) {
            falseAlarms += declared.add(death) ? 1 : 0;
        }
        learn(node, death);
    }

    /** News that have not reached all by then have died out. */
    private long spreadLimit() {
        return design.periodNanos() * (20 + 4L * (Integer.SIZE - Integer.numberOfLeadingZeros(nodes.length)));
    }

    private void crash(long nowNanos) {
        crashed = random.nextInt(nodes.length);
        crashes++;
        crashNanos = nowNanos;
        knowing = 0;
        know((int) IntStream.range(0, nodes.length)
                .filter(node -> node != crashed && beliefs.holdsDead(node, crashed))
                .count());
    }

    /** The node joins again: nobody believes anything of it, and it knows nothing. */
    private void comeBack(long nowNanos, double spreadSeconds) {
        double latency = SimTime.seconds(noticedNanos - crashNanos);
        detections.add(new Detection(latency, latency, spreadSeconds));
        downSeconds += SimTime.seconds(nowNanos - crashNanos);
        int node = crashed;
        generation[node]++;
        crashed = NOBODY;
        nodes[node].restart();
        beliefs.restart(node);
        beliefs.forget(node);
        for (GossipNode each : nodes) {
            each.forget(node);
        }
        declared.removeIf(news -> news.subject() == node);
        suspected.removeIf(news -> news.subject() == node);
        if (crashes < design.watch().crashes()) {
            timeline.after(pause(), CRASH_FIRST, this::crash);
        }
    }
}
