/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The part of Overlane's topology overlay that runs in the legacy GUI of ONOS. It decides nothing:
 * it asks for highlights, and opens Overlane's page.
 */
(function () {
  'use strict';

  function page(fragment) {
    window.open('/overlane/' + fragment, 'overlane');
  }

  angular.module('ovOverlane', [])
    .controller('OvOverlaneCtrl', [function () {}])
    .run(['TopoOverlayService', 'WebSocketService', function (overlays, socket) {
      function start() {
        socket.sendEvent('overlaneOverlayStart', {});
      }

      function stop() {
        socket.sendEvent('overlaneOverlayStop', {});
      }

      overlays.register({
        overlayId: 'overlane-overlay',
        glyphId: '*tunnel',
        tooltip: 'Overlane',
        glyphs: {
          tunnel: { vb: '0 0 10 10', d: 'M1,4h8v2h-8z M0,2h2v6h-2z M8,2h2v6h-2z' },
        },
        activate: start,
        deactivate: stop,
        buttons: {
          overlanePage: {
            gid: 'details',
            tt: 'Show in Overlane',
            cb: function (device) {
              page('#/topology/' + encodeURIComponent(device.id));
            },
          },
        },
        keyBindings: {
          V: { cb: start, tt: 'Show the state of tunnels', gid: '*tunnel' },
          0: { cb: stop, tt: 'Hide it', gid: 'xMark' },
          G: { cb: function () { page(''); }, tt: 'Open Overlane', gid: 'details' },
          _keyOrder: ['V', '0', 'G'],
        },
      });
    }]);
}());
