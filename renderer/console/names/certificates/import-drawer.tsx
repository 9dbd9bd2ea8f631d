import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Notice } from '../../../shared/notice.tsx';
import { notifyDone } from '../../../shared/notify.tsx';
import drawer from '../../../shared/side-drawer.module.css';
import { SideDrawer } from '../../../shared/side-drawer.tsx';
import { ProblemError } from '../../api/problem.ts';
import { useChange } from '../../api/queries.ts';
import { sortFaults } from '../../stores/faults.ts';
import classes from './import-drawer.module.css';
import { PemField } from './pem-field.tsx';

interface ImportDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Takes a certificate of your own with its key. What was typed stays until it is taken, also when the panel is closed. */
export function ImportDrawer({ isOpen, onClose }: ImportDrawerProps) {
  const client = useQueryClient();
  const importing = useChange('importCertificate');
  const [certificate, setCertificate] = useState('');
  const [key, setKey] = useState('');
  const { byField, others } = faultsOf(importing.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    importing.mutate(
      { body: { certificate, key } },
      {
        onSuccess: (state) => {
          client.setQueryData(['certificates', {}], state);
          setCertificate('');
          setKey('');
          notifyDone('The certificate is taken.');
          onClose();
        },
      },
    );
  };
  return (
    <SideDrawer isOpen={isOpen} onClose={onClose} size={560} title="Import a certificate">
      <form className={drawer.form} noValidate onSubmit={submit}>
        <div className={drawer.scroll}>
          <p className={classes.lead}>
            It is shown for the names it is for, in place of the one made here. The key is kept in the data folder,
            readable by its owner alone.
          </p>
          <PemField
            label="Certificate"
            description="PEM, followed by its chain where there is one"
            placeholder="-----BEGIN CERTIFICATE-----"
            accept=".pem,.crt,.cer,.cert"
            value={certificate}
            error={byField.certificate ?? null}
            onChange={setCertificate}
          />
          <PemField
            label="Private key"
            description="PEM, without a passphrase"
            placeholder="-----BEGIN PRIVATE KEY-----"
            accept=".pem,.key"
            value={key}
            error={byField.key ?? null}
            onChange={setKey}
          />
          {others.length > 0 ? (
            <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="It was not taken" role="alert">
              {others.join(' ')} What is typed here stays.
            </Notice>
          ) : null}
        </div>
        <div className={drawer.buttons}>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={importing.isPending} disabled={certificate.trim() === '' || key.trim() === ''}>
            Import
          </Button>
        </div>
      </form>
    </SideDrawer>
  );
}

function faultsOf(error: Error | null) {
  if (!error) return sortFaults([], ['certificate', 'key']);
  const faults = error instanceof ProblemError ? error.faults : [];
  const sorted = sortFaults(faults, ['certificate', 'key']);
  return faults.length > 0 ? sorted : { ...sorted, others: [error.message] };
}
