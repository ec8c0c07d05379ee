/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;

/**
 * A running lab of its own namespaces and switches. Closing it, or the end of the JVM, removes all
 * of it.
 */
public final class Lab implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final LabOptions options;
  private final String prefix;
  private final Thread emergencyExit = new Thread(this::down);
  private final Map<String, Vm> vms = new LinkedHashMap<>();

  private Lab(LabOptions options) {
    this.options = options;
    this.prefix =
        "t"
            + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX)
            + Integer.toString(COUNT.getAndIncrement() % 36, Character.MAX_RADIX);
  }

  /** Builds a lab. Its switches have no entries and no controller. */
  public static Lab up(LabOptions options) {
    Lab lab = new Lab(options);
    Runtime.getRuntime().addShutdownHook(lab.emergencyExit);
    List<String> words = new ArrayList<>(List.of("up", "--replace"));
    words.addAll(options.words());
    lab.lab(words.toArray(String[]::new));
    lab.lab("vms")
        .lines()
        .map(line -> Vm.parse(lab, line))
        .forEach(vm -> lab.vms.put(vm.name(), vm));
    return lab;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(emergencyExit);
    down();
  }

  private void down() {
    lab("down");
  }

  public Variant variant() {
    return options.variant();
  }

  public Underlay underlay() {
    return options.underlay();
  }

  /** The VM of this name: network, hypervisor and number, as in "blue-1-2". */
  public Vm vm(String name) {
    Vm vm = vms.get(name);
    if (vm == null) {
      throw new IllegalArgumentException("no VM " + name + " among " + vms.keySet());
    }
    return vm;
  }

  public List<Vm> vms() {
    return List.copyOf(vms.values());
  }

  /** The VMs of a hypervisor. */
  public List<Vm> vmsOf(int hypervisor) {
    return vms().stream().filter(vm -> vm.hypervisor() == hypervisor).toList();
  }

  /** The bridge that VMs are attached to. */
  public Switch overlaySwitch(int hypervisor) {
    return new Switch(this, hypervisor, "br-int");
  }

  /** The bridge that has the external port; with management-os the same as the overlay switch. */
  public Switch underlaySwitch(int hypervisor) {
    return variant() == Variant.NATIVE
        ? new Switch(this, hypervisor, "br-phy")
        : overlaySwitch(hypervisor);
  }

  /** All bridges of a hypervisor. */
  public List<Switch> switches(int hypervisor) {
    return variant() == Variant.NATIVE
        ? List.of(overlaySwitch(hypervisor), underlaySwitch(hypervisor))
        : List.of(overlaySwitch(hypervisor));
  }

  /** The namespace of the management OS, with the interface that has the VTEP address. */
  public Place managementOs(int hypervisor) {
    String iface = variant() == Variant.NATIVE ? "br-phy" : hostInterface();
    return new Place(this, List.of("mos", "" + hypervisor), iface);
  }

  private String hostInterface() {
    return options.vlan().isPresent() ? "ul" + options.vlan().getAsInt() : "eth0";
  }

  /** The interface of the management OS that belongs to its second uplink. */
  public Place secondManagementOs(int hypervisor) {
    return new Place(this, List.of("mos", "" + hypervisor), "eth1");
  }

  /** The second wire of a hypervisor, seen from the underlay. */
  public Place secondWire(int hypervisor) {
    return new Place(this, List.of("ul"), "hv" + hypervisor + "-2");
  }

  /**
   * The wire of a hypervisor, seen from the underlay: what comes from the hypervisor comes "in".
   */
  public Place wire(int hypervisor) {
    return new Place(this, List.of("ul"), "hv" + hypervisor);
  }

  /** The namespace of the switch of a hypervisor; what the switch sends to a port goes "out". */
  public Place switchPorts(int hypervisor, String... ports) {
    return new Place(this, List.of("hv", "" + hypervisor), ports);
  }

  public String vtep(int hypervisor) {
    return underlay() == Underlay.IPV4 ? "192.0.2." + hypervisor : "2001:db8::" + hypervisor;
  }

  public String vtepMac(int hypervisor) {
    return "02:0a:00:00:01:0" + hypervisor;
  }

  /** Compiles the model of this lab offline and loads the result into all switches. */
  public void push() {
    lab("push", "--overlane", Repository.overlane());
  }

  /** The model document of this lab, with port names, as an operator would write it. */
  public String model() {
    return lab("model", "--names");
  }

  /** The same without what can be discovered in the databases, but with their addresses. */
  public String modelToDiscover() {
    return lab("model", "--names", "--ovsdb");
  }

  /**
   * The same without what can be set up in the databases, and with leave to do so.
   *
   * @param policy {@code apply} or {@code dry-run}
   */
  public String modelToProvision(String policy) {
    return lab("model", "--names", "--provision", policy);
  }

  /** What operators and controllers write into the database of a hypervisor, table by table. */
  public String configuration(int hypervisor) {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of(
            "Bridge name ports controller fail_mode protocols other_config external_ids",
            "Port name interfaces external_ids other_config",
            "Interface name type options external_ids mtu_request mac ofport_request",
            "Controller target external_ids other_config",
            "Open_vSwitch bridges external_ids other_config manager_options")) {
      List<String> words =
          new ArrayList<>(List.of("ovs", "" + hypervisor, "ovsdb-client", "dump", "Open_vSwitch"));
      words.addAll(List.of(table.split(" ")));
      all.append(lab(words.toArray(String[]::new)));
    }
    return all.toString();
  }

  /** Lets the ports of all VMs tell in the databases who is behind them. */
  public void announce() {
    lab("announce");
  }

  /** Runs ovs-vsctl against the database of a hypervisor. */
  public String database(int hypervisor, String... words) {
    List<String> all = new ArrayList<>(List.of("ovs", "" + hypervisor, "ovs-vsctl"));
    all.addAll(List.of(words));
    return lab(all.toArray(String[]::new));
  }

  /** Stops the database of a hypervisor and starts it again; its switch goes on meanwhile. */
  public void restartDatabase(int hypervisor) {
    lab("restart-database", "" + hypervisor);
  }

  /** Starts a database that sends garbage, for the controller to connect to. */
  public AutoCloseable badDatabase(int port) {
    return Background.ready(
        environment(), script("ctl", Repository.tool("bad_database.py"), "" + port));
  }

  /** A namespace beside the lab, with nothing but a loopback interface. */
  public Place controllerPlace() {
    return new Place(this, List.of("ctl"), "lo");
  }

  /** Runs a tool of the lab in the namespace of the controller and returns what it prints. */
  public String controllerTool(String name, String... arguments) {
    List<String> words = new ArrayList<>(List.of(Repository.tool(name)));
    words.addAll(List.of(arguments));
    return controllerPlace().run(words.toArray(String[]::new)).strip();
  }

  /** Connects all switches to the controller that runs in this lab. */
  public void connect() {
    lab("controller", "ctl:" + Controller.OPENFLOW_PORT);
  }

  /** Makes databases and controller reachable for each other; no bridge is told of it. */
  public void relayOnly() {
    lab("relay-only", "ctl:" + Controller.OPENFLOW_PORT);
  }

  /** The witness between switches and controller. */
  public Relay relay() {
    return new Relay(this);
  }

  /** Stops the Open vSwitch of a hypervisor and starts it again; its entries are gone then. */
  public void restartSwitch(int hypervisor) {
    lab("restart-switch", "" + hypervisor);
  }

  /** Adds a port that leads nowhere to the overlay switch of a hypervisor. */
  public void addPort(int hypervisor, String name, int number) {
    lab(
        "ovs",
        "" + hypervisor,
        "ovs-vsctl",
        "add-port",
        "br-int",
        name,
        "--",
        "set",
        "interface",
        name,
        "type=internal",
        "ofport_request=" + number);
  }

  public void removePort(int hypervisor, String name) {
    lab("ovs", "" + hypervisor, "ovs-vsctl", "--if-exists", "del-port", "br-int", name);
  }

  /** Gives all links between management OS and underlay another MTU, in bytes of IP packet. */
  public void trunkMtu(int mtu) {
    lab("trunk-mtu", "" + mtu);
  }

  /**
   * Runs a command of the lab script and returns what it prints.
   *
   * @throws IllegalStateException if it fails
   */
  String lab(String... words) {
    Command.Output output = attempt(words);
    if (output.exitCode() != 0) {
      throw new IllegalStateException(
          "lab " + String.join(" ", words) + " failed: " + output.err() + output.out());
    }
    return output.out();
  }

  Command.Output attempt(String... words) {
    return Command.run(environment(), script(words));
  }

  /** The words of a command of the lab script, for a process of its own. */
  List<String> script(String... words) {
    List<String> all = new ArrayList<>(List.of(Repository.lab()));
    all.addAll(List.of(words));
    return all;
  }

  Map<String, String> environment() {
    return Map.of("LAB_PREFIX", prefix);
  }
}
