/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.reconcile.Item;
import org.overlane.app.reconcile.Outcome;
import org.overlane.app.reconcile.Plan;
import org.overlane.flowrules.openflow.Meter;

/**
 * Carries out plans through ONOS, stage by stage. Each stage is one FlowRuleOperations of its own:
 * ONOS reports the end of several stages only if none has failed, that of a single one always. The
 * group and meter services report nothing; whether they have done their work is seen in what is
 * observed later.
 */
final class PlanExecution {
  private final ApplicationId app;
  private final FlowRuleService rules;
  private final GroupService groups;
  private final MeterService meters;

  PlanExecution(ApplicationId app, OnosServices services) {
    this.app = app;
    this.rules = services.rules();
    this.groups = services.groups();
    this.meters = services.meters();
  }

  /** Begins; {@code done} hears the outcome from one of ONOS's threads, or from the caller's. */
  void start(DeviceId device, Plan plan, Consumer<Outcome> done) {
    next(device, plan.stages().iterator(), new HashMap<>(), done);
  }

  private void next(
      DeviceId device,
      Iterator<Plan.Stage> stages,
      Map<Item, String> failed,
      Consumer<Outcome> done) {
    while (stages.hasNext()) {
      Plan.Stage stage = stages.next();
      switch (stage.operation()) {
        case WRITE_ENTRIES:
        case REMOVE_ENTRIES:
          applyRules(stage, failed, () -> next(device, stages, failed, done));
          return;
        case ADD_METERS:
        case MODIFY_METERS:
        case REMOVE_METERS:
          stage.items().forEach(i -> applyMeter(device, stage.operation(), i, failed));
          break;
        default:
          stage.items().forEach(i -> applyGroup(device, stage.operation(), i, failed));
          break;
      }
    }
    done.accept(Outcome.failures(failed));
  }

  private void applyRules(Plan.Stage stage, Map<Item, String> failed, Runnable then) {
    FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
    Map<FlowRule, Item> items = new HashMap<>();
    for (Item item : stage.items()) {
      FlowRule rule = (FlowRule) item.subject();
      items.put(rule, item);
      if (stage.operation() == Plan.Operation.WRITE_ENTRIES) {
        operations.add(rule);
      } else {
        operations.remove(rule);
      }
    }
    AtomicBoolean heard = new AtomicBoolean();
    rules.apply(
        operations.build(
            new FlowRuleOperationsContext() {
              @Override
              public void onSuccess(FlowRuleOperations ops) {
                if (heard.compareAndSet(false, true)) {
                  then.run();
                }
              }

              @Override
              public void onError(FlowRuleOperations ops) {
                if (heard.compareAndSet(false, true)) {
                  record(ops, items, failed);
                  then.run();
                }
              }
            }));
  }

  private static void record(
      FlowRuleOperations ops, Map<FlowRule, Item> items, Map<Item, String> failed) {
    ops.stages()
        .forEach(
            stage ->
                stage.forEach(
                    op -> {
                      Item item = items.get(op.rule());
                      if (item != null) {
                        failed.put(item, Refusal.describe(op.rule()));
                      }
                    }));
  }

  /** A meter that is there already is changed by adding it again. */
  private void applyMeter(
      DeviceId device, Plan.Operation operation, Item item, Map<Item, String> failed) {
    MeterTranslator translator = new MeterTranslator(app, device);
    try {
      if (operation == Plan.Operation.REMOVE_METERS) {
        meters.withdraw(translator.remove(), (MeterCellId) item.key());
      } else {
        meters.submit(translator.add((Meter) item.subject()));
      }
    } catch (RuntimeException e) {
      failed.put(item, "meter " + item.key() + ": " + e.getMessage());
    }
  }

  private void applyGroup(
      DeviceId device, Plan.Operation operation, Item item, Map<Item, String> failed) {
    GroupDescription group = (GroupDescription) item.subject();
    try {
      if (operation == Plan.Operation.ADD_GROUPS) {
        groups.addGroup(group);
      } else if (operation == Plan.Operation.MODIFY_GROUPS) {
        groups.setBucketsForGroup(
            device, group.appCookie(), group.buckets(), group.appCookie(), app);
      } else {
        groups.removeGroup(device, group.appCookie(), app);
      }
    } catch (RuntimeException e) {
      failed.put(item, "group " + item.key() + ": " + e.getMessage());
    }
  }
}
